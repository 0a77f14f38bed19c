; A program that behaves as Phial does towards its installer, for trials where the real one can't run: "stay" runs until
; it is asked to "quit", "stubborn" until its file is taken away.
Unicode true
!ifdef CPU
  Target ${CPU}
!endif
Name "Phial"
OutFile "${OUTPUT}"
RequestExecutionLevel user
ManifestSupportedOS Win10
SilentInstall silent
!include FileFunc.nsh
!include LogicLib.nsh

!macro Touch PATH
  FileOpen $1 "${PATH}" w
  FileClose $1
!macroend

Section
  ${GetParameters} $0
  ${If} $0 == "quit"
    !insertmacro Touch "$TEMP\phial-quit"
  ${ElseIf} $0 == "stay"
    Delete "$TEMP\phial-quit"
    !insertmacro Touch "$TEMP\phial-stays"
    ${DoUntil} ${FileExists} "$TEMP\phial-quit"
      Sleep 100
    ${Loop}
    Delete "$TEMP\phial-stays"
  ${ElseIf} $0 == "stubborn"
    !insertmacro Touch "$TEMP\phial-stays"
    ${DoWhile} ${FileExists} "$TEMP\phial-stays"
      Sleep 100
    ${Loop}
  ${EndIf}
SectionEnd
