; Phial's installer for one person on a 64-bit Windows: no administrator is asked, nothing outside of the person's own
; folders and registry is touched. Compiled by packaging/windows/build.py, which defines
;   VERSION     as it is shown           NUMBERS    the same in four numbers
;   CONTENTS    what files.py wrote      OUTPUT     the installer
;   ICON        the .ico                 SIDE       the picture beside the first page, a .bmp
;   KILOBYTES   of all files             LONGEST    characters of the longest path within the folder
;   SIGN        (only with a certificate) the command that signs the file that is named after it
;   CPU         (only for trials) another kind of installer, such as amd64-unicode
; Exit status: 0 done, 1 given up by the person, 2 failed, 3 not for this computer, 4 Phial is still open.
; Options: /S silent, /D=FOLDER (last), /NOVERBS, /DESKTOP, /TERMINAL, /LANGUAGE=1033|1036|1040.

Unicode true
!ifdef CPU
  Target ${CPU}
!endif
!addincludedir "${__FILEDIR__}"
SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDateSave off ; two builds of the same files are the same installer
AllowSkipFiles off
RequestExecutionLevel user
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
CRCCheck force
XPStyle on
ShowInstDetails nevershow
ShowUninstDetails nevershow

Name "Phial"
OutFile "${OUTPUT}"
BrandingText "Phial ${VERSION}"
InstallDir "$LOCALAPPDATA\Programs\Phial"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Phial"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED_KEY "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define PATHS_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths\phial.exe"
!define FOLDER_VERB "Software\Classes\Directory\shell\AskPhial"
!define VERBS "Software\Classes\SystemFileAssociations"
!define DATA "$LOCALAPPDATA\phial" ; where platformdirs puts it
!define MODELS "$EXEDIR\phial-models" ; of an offline edition, beside the installer
!define OLDEST_BUILD 17763 ; Windows 10, version 1809: the oldest that Qt supports; build.py compares the headers
!define /math MEGABYTES ${KILOBYTES} / 1000
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey ProductName "Phial"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Phial Setup"
VIAddVersionKey CompanyName "The Phial founders"
VIAddVersionKey LegalCopyright "MIT License"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
  !finalize '${SIGN} "%1"' = 0
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include Sections.nsh
!include WinMessages.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH AspectFitHeight
!define MUI_WELCOMEPAGE_TEXT "$(Welcome)"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\phial.exe"
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE RefuseFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "Italian"
!include strings.nsh

; A verb beside those that a kind of file has already: it takes no file over from the program that opens it.
!macro WriteVerb KEY
  WriteRegStr HKCU "${KEY}" "MUIVerb" "$(AskPhial)"
  WriteRegStr HKCU "${KEY}" "Icon" "$INSTDIR\phial.exe,0"
  WriteRegStr HKCU "${KEY}\command" "" '"$INSTDIR\phial.exe" "%1"'
!macroend
!macro AddVerb SUFFIX
  !insertmacro WriteVerb "${VERBS}\${SUFFIX}\shell\AskPhial"
!macroend
!macro RemoveVerb SUFFIX
  DeleteRegKey HKCU "${VERBS}\${SUFFIX}\shell\AskPhial"
  DeleteRegKey /ifnosubkeys /ifnovalues HKCU "${VERBS}\${SUFFIX}\shell"
  DeleteRegKey /ifnosubkeys /ifnovalues HKCU "${VERBS}\${SUFFIX}"
!macroend

!include "${CONTENTS}"
!include steps.nsh

Function .onInit
  SetRegView 64
  SetShellVarContext current
  !insertmacro TakeLanguage
  ; Two at once would each take away what the other lays down.
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "PhialSetup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183 ; ERROR_ALREADY_EXISTS
    MessageBox MB_OK|MB_ICONSTOP "$(AnotherSetup)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ${IfNot} ${IsNativeAMD64}
    MessageBox MB_OK|MB_ICONSTOP "$(OtherProcessor)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "$(TooOld)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ReadRegStr $2 HKCU "${UNINSTALL_KEY}" "VersionNumbers"
  ${If} $2 != ""
    ${VersionCompare} "$2" "${NUMBERS}" $1
    ${If} $1 = 1
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(NewerIsThere)" /SD IDNO IDYES older
      SetErrorLevel 1
      Quit
      older:
    ${EndIf}
  ${EndIf}
  Call TakeChoices
FunctionEnd

Function RefuseFolder
  !insertmacro TakeBackslash
  StrLen $0 "$INSTDIR"
  IntOp $0 $0 + ${LONGEST}
  ${If} $0 > 258 ; with a backslash between them, 259 at most
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(PathTooLong)" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  StrLen $0 "${DATA}\"
  StrCpy $1 "$INSTDIR\" $0
  ${If} $1 == "${DATA}\" ; letters of either case are one for Windows, and for this comparison
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(InDataFolder)" /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
FunctionEnd

Section "!$(ProgramPart)" ProgramSection
  SectionIn RO
  Call RefuseFolder ; also where nobody was asked for it
  Call RefuseFullDisk
  Call RemoveFormer
  !insertmacro InstallFiles
  Call TakeModels
  WriteUninstaller "$INSTDIR\uninstall.exe"

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Phial"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "VersionNumbers" "${NUMBERS}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\phial.exe,0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "The Phial founders"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1 ; to mend it, the installer is run again
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  WriteRegStr HKCU "${PATHS_KEY}" "" "$INSTDIR\phial.exe"
  CreateShortcut "$SMPROGRAMS\Phial.lnk" "$INSTDIR\phial.exe" "" "$INSTDIR\phial.exe" 0 SW_SHOWNORMAL "" "$(ShortcutTold)"
  Call MoveLoginItem
SectionEnd

Section "$(VerbsPart)" VerbsSection
  !insertmacro AddVerbs
  !insertmacro WriteVerb "${FOLDER_VERB}"
SectionEnd

Section /o "$(DesktopPart)" DesktopSection
  CreateShortcut "$DESKTOP\Phial.lnk" "$INSTDIR\phial.exe" "" "$INSTDIR\phial.exe" 0 SW_SHOWNORMAL "" "$(ShortcutTold)"
SectionEnd

Section /o "$(TerminalPart)" TerminalSection
  !insertmacro ChangeSearchPath "add"
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "IsInSearchPath" 1
SectionEnd

; What was chosen once and is not any more.
Section -
  ${IfNot} ${SectionIsSelected} ${VerbsSection}
    !insertmacro RemoveVerbs
    DeleteRegKey HKCU "${FOLDER_VERB}"
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${DesktopSection}
    Delete "$DESKTOP\Phial.lnk"
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${TerminalSection}
    !insertmacro LeaveSearchPath
  ${EndIf}
  ${RefreshShellIcons}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${ProgramSection} "$(ProgramTold)"
  !insertmacro MUI_DESCRIPTION_TEXT ${VerbsSection} "$(VerbsTold)"
  !insertmacro MUI_DESCRIPTION_TEXT ${DesktopSection} "$(DesktopTold)"
  !insertmacro MUI_DESCRIPTION_TEXT ${TerminalSection} "$(TerminalTold)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; What is chosen: what a person had, else what the command line says, else the verbs alone.
Function TakeChoices
  ${GetParameters} $R0
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 != ""
    ReadRegStr $1 HKCU "${FOLDER_VERB}\command" ""
    ${If} $1 == ""
      !insertmacro UnselectSection ${VerbsSection}
    ${EndIf}
    ${If} ${FileExists} "$DESKTOP\Phial.lnk"
      !insertmacro SelectSection ${DesktopSection}
    ${EndIf}
    ReadRegDWORD $1 HKCU "${UNINSTALL_KEY}" "IsInSearchPath"
    ${If} $1 = 1
      !insertmacro SelectSection ${TerminalSection}
    ${EndIf}
  ${EndIf}
  !insertmacro OnOption "/NOVERBS" UnselectSection ${VerbsSection}
  !insertmacro OnOption "/DESKTOP" SelectSection ${DesktopSection}
  !insertmacro OnOption "/TERMINAL" SelectSection ${TerminalSection}
FunctionEnd

!include uninstall.nsh
