; Steps that installer and uninstaller share, and those of an upgrade.

; Another language than the person's own, for whoever installs for others.
!macro TakeLanguage
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/LANGUAGE=" $R1
  ${IfNot} ${Errors}
    StrCpy $LANGUAGE $R1
  ${EndIf}
!macroend

; Paths are put together with a backslash of our own, and compared.
!macro TakeBackslash
  StrCpy $0 $INSTDIR 1 -1
  ${If} $0 == "\"
    StrCpy $INSTDIR $INSTDIR -1
  ${EndIf}
!macroend

!macro OnOption OPTION MACRO SECTION
  ClearErrors
  ${GetOptions} $R0 "${OPTION}" $R1
  ${IfNot} ${Errors}
    !insertmacro ${MACRO} ${SECTION}
  ${EndIf}
!macroend

; The program itself changes PATH: strings of this language end after 1024 characters, and a PATH may be longer.
!macro ChangeSearchPath HOW
  ${If} ${FileExists} "$INSTDIR\phial.exe"
    nsExec::Exec '"$INSTDIR\phial.exe" --phial-module engine.search_path ${HOW} "$INSTDIR"'
    Pop $0
    SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=2000
  ${EndIf}
!macroend
!macro LeaveSearchPath
  ReadRegDWORD $1 HKCU "${UNINSTALL_KEY}" "IsInSearchPath"
  ${If} $1 = 1
    !insertmacro ChangeSearchPath "remove"
    DeleteRegValue HKCU "${UNINSTALL_KEY}" "IsInSearchPath"
  ${EndIf}
!macroend

; $R0: whether a process of the Phial in $INSTDIR runs. Windows lets nobody write to a program that does.
!macro LookWhetherItRuns PREFIX
Function ${PREFIX}LookWhetherItRuns
  StrCpy $R0 0
  !insertmacro LookAtProgram "$INSTDIR\phial.exe"
  !insertmacro LookAtProgram "$INSTDIR\phial.com"
FunctionEnd
!macroend
!macro LookAtProgram PATH
  ${If} ${FileExists} "${PATH}"
    ClearErrors
    FileOpen $R1 "${PATH}" a
    ${If} ${Errors}
      StrCpy $R0 1
    ${Else}
      FileClose $R1
    ${EndIf}
  ${EndIf}
!macroend

; Have the Phial in $INSTDIR end by itself, as by its own Quit, and wait for every process of it. None is ever killed:
; it may be writing. The uninstaller that an installer has called is only a file of the former version: it looks too.
!macro EndProgram PREFIX
Function ${PREFIX}EndProgram
  again:
  Call ${PREFIX}LookWhetherItRuns
  ${If} $R0 = 1
    DetailPrint "$(WaitingForEnd)"
    nsExec::Exec /TIMEOUT=20000 '"$INSTDIR\phial.exe" quit'
    Pop $R2
    StrCpy $R2 0
    ${DoWhile} $R0 = 1
      ${If} $R2 >= ${WAITS}
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(StillRunning)" /SD IDCANCEL IDRETRY again
        SetErrorLevel 4
        Quit
      ${EndIf}
      Sleep 250
      IntOp $R2 $R2 + 1
      Call ${PREFIX}LookWhetherItRuns
    ${Loop}
  ${EndIf}
FunctionEnd
!macroend
!ifndef WAITS
  !define WAITS 120 ; of a quarter of a second
!endif
!insertmacro LookWhetherItRuns ""
!insertmacro LookWhetherItRuns "un."
!insertmacro EndProgram ""
!insertmacro EndProgram "un."

; Silent installations see no page that asks the disk.
Function RefuseFullDisk
  CreateDirectory "$INSTDIR"
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$INSTDIR", *l .r1, p 0, p 0) i .r2'
  ${If} $2 <> 0
    System::Int64Op $1 / 1024
    Pop $1
    ${GetSize} "${MODELS}" "/M=*.gguf /S=0K" $3 $4 $5
    IntOp $3 $3 + ${KILOBYTES}
    System::Int64Op $1 < $3
    Pop $2
    ${If} $2 <> 0
      RMDir "$INSTDIR"
      MessageBox MB_OK|MB_ICONSTOP "$(NoRoom)" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

; Take a former version away by its own uninstaller, which knows its files; what the person chose and wrote stays.
Function RemoveFormer
  StrCpy $R9 $INSTDIR
  ReadRegStr $R8 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $R8 == ""
  ${OrIfNot} ${FileExists} "$R8\uninstall.exe"
    StrCpy $R8 $INSTDIR
  ${EndIf}
  Call EndProgram
  ${If} $R8 != $R9
    StrCpy $INSTDIR $R8
    Call EndProgram
    !insertmacro LeaveSearchPath
    StrCpy $INSTDIR $R9
    ${If} ${FileExists} "$R8\_internal\models\*.gguf"
      CreateDirectory "$INSTDIR\_internal\models"
      CopyFiles /SILENT "$R8\_internal\models\*.gguf" "$INSTDIR\_internal\models"
      Delete "$R8\_internal\models\*.gguf"
      RMDir "$R8\_internal\models"
    ${EndIf}
  ${EndIf}
  ${If} ${FileExists} "$R8\uninstall.exe"
    ClearErrors
    ExecWait '"$R8\uninstall.exe" /S /UPGRADE /LANGUAGE=$LANGUAGE _?=$R8' $1
    ${If} ${Errors}
    ${OrIf} $1 <> 0
      StrCpy $0 $R8
      MessageBox MB_OK|MB_ICONSTOP "$(NotRemoved)" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    Delete "$R8\uninstall.exe" ; one that is called so can't delete itself
    RMDir "$R8"
  ${EndIf}
FunctionEnd

; A login item of ours names the program by its path, which may have moved.
Function MoveLoginItem
  ReadRegStr $0 HKCU "${RUN_KEY}" "phial"
  StrCpy $1 $0 "" -21
  ${If} $1 == "\phial.exe background"
  ${OrIf} $1 == 'phial.exe" background'
    WriteRegStr HKCU "${RUN_KEY}" "phial" '"$INSTDIR\phial.exe" background'
  ${EndIf}
FunctionEnd

; The models of an offline edition, to where the program looks for those that came with it.
Function TakeModels
  ${If} ${FileExists} "${MODELS}\*.gguf"
    CreateDirectory "$INSTDIR\_internal\models"
    ClearErrors
    CopyFiles /SILENT "${MODELS}\*.gguf" "$INSTDIR\_internal\models"
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(NoModel)" /SD IDOK
      SetErrorLevel 2
    ${EndIf}
  ${EndIf}
FunctionEnd
