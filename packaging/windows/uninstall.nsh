; The uninstaller: what was installed by name, what was written for it in the registry, nothing of others. With /UPGRADE,
; which only an installer says, the files alone; with /DELETELIBRARY the library too, without a question.

Var IsUpgrade

Function un.onInit
  SetRegView 64
  SetShellVarContext current
  !insertmacro TakeBackslash
  !insertmacro TakeLanguage
  StrCpy $IsUpgrade 0
  ClearErrors
  ${GetOptions} $R0 "/UPGRADE" $R1
  ${IfNot} ${Errors}
    StrCpy $IsUpgrade 1
  ${EndIf}
FunctionEnd

Section Uninstall
  Call un.EndProgram
  ${If} $IsUpgrade = 0
    !insertmacro LeaveSearchPath
    !insertmacro RemoveVerbs
    DeleteRegKey HKCU "${FOLDER_VERB}"
    Call un.RemoveLoginItem
    ; Others may have put a Phial elsewhere since: what names another folder than this is theirs.
    ReadRegStr $0 HKCU "${PATHS_KEY}" ""
    ${If} $0 == "$INSTDIR\phial.exe"
      DeleteRegKey HKCU "${PATHS_KEY}"
    ${EndIf}
    Delete "$SMPROGRAMS\Phial.lnk"
    Delete "$DESKTOP\Phial.lnk"
  ${EndIf}
  ${If} $IsUpgrade = 0
    Delete "$INSTDIR\_internal\models\*.gguf" ; of an offline edition
    RMDir "$INSTDIR\_internal\models"
  ${EndIf}
  !insertmacro RemoveFiles
  ${If} $IsUpgrade = 0
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
    ${GetParameters} $R0
    StrCpy $0 "${DATA}"
    ${If} ${FileExists} "$0\*.*"
      ClearErrors
      ${GetOptions} $R0 "/DELETELIBRARY" $R1
      ${If} ${Errors}
        MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(DeleteData)" /SD IDNO IDNO keep
      ${EndIf}
      Push "${DATA}"
      Call un.RemoveTree
      keep:
    ${EndIf}
    ${un.RefreshShellIcons}
  ${EndIf}
SectionEnd

; A checkout may have written one of the same name: ours begins with this folder.
Function un.RemoveLoginItem
  ReadRegStr $0 HKCU "${RUN_KEY}" "phial"
  StrCpy $1 $0 1
  ${If} $1 == '"'
    StrCpy $0 $0 "" 1
  ${EndIf}
  StrLen $1 "$INSTDIR\phial.exe"
  StrCpy $0 $0 $1
  ${If} $0 == "$INSTDIR\phial.exe"
    DeleteRegValue HKCU "${RUN_KEY}" "phial"
    DeleteRegValue HKCU "${APPROVED_KEY}" "phial" ; where the Task Manager notes that it was turned off
  ${EndIf}
FunctionEnd

; Delete the folder on the stack with all that is in it. A link to another place goes, what lies there does not: RMDir /r
; would follow it, to models that a person keeps on another drive.
Function un.RemoveTree
  Exch $0
  Push $1
  Push $2
  Push $3
  Push $4
  System::Call 'kernel32::GetFileAttributesW(w r0) i .r3'
  IntOp $4 $3 & 0x400 ; FILE_ATTRIBUTE_REPARSE_POINT
  ${If} $4 = 0
    FindFirst $1 $2 "$0\*.*"
    ${DoUntil} $2 == ""
      ${If} $2 != "."
      ${AndIf} $2 != ".."
        System::Call 'kernel32::GetFileAttributesW(w "$0\$2") i .r3'
        IntOp $4 $3 & 0x10 ; FILE_ATTRIBUTE_DIRECTORY
        ${If} $4 <> 0
          Push "$0\$2"
          Call un.RemoveTree
        ${Else}
          SetFileAttributes "$0\$2" NORMAL
          Delete "$0\$2"
        ${EndIf}
      ${EndIf}
      FindNext $1 $2
    ${Loop}
    FindClose $1
  ${EndIf}
  RMDir "$0"
  Pop $4
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd
