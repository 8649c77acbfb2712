; What electron-builder's installer for Windows does not do itself: iiportal:// belongs to the program from the
; installation on, for this user, and to nobody when it is gone. An update removes the old version first, and keeps it.
!macro customInstall
  WriteRegStr HKCU "Software\Classes\iiportal" "" "URL:iiPortal"
  WriteRegStr HKCU "Software\Classes\iiportal" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\iiportal\DefaultIcon" "" "$INSTDIR\iiPortal.exe,0"
  WriteRegStr HKCU "Software\Classes\iiportal\shell\open\command" "" '"$INSTDIR\iiPortal.exe" "%1"'
!macroend

!macro customUnInstall
  ${ifNot} ${isUpdated}
    DeleteRegKey HKCU "Software\Classes\iiportal"
  ${endIf}
!macroend
