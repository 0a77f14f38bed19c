#!/bin/sh
# Shows Phial in the menu of your desktop, or takes it out again. Nothing but files of your own is written.
#   ./desktop-entry.sh add
#   ./desktop-entry.sh remove
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
data=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$data/applications/phial.desktop
icons=$data/icons/hicolor

refresh() {
    if command -v update-desktop-database >/dev/null 2>&1; then
        update-desktop-database -q "$data/applications" || true
    fi
}

# A word of the Exec key: in quotes, with what is special there escaped, and that once more, as every text of an entry.
exec_word() {
    printf '%s' "$1" | sed -e 's/[\\"`$]/\\&/g' -e 's/\\/\\\\/g' -e 's/%/%%/g' -e 's/^/"/' -e 's/$/"/'
}

# What stands on the right of a sed command.
literal() {
    printf '%s' "$1" | sed -e 's/[\\&|]/\\&/g'
}

case ${1:-} in
add)
    mkdir -p "$data/applications"
    for icon in "$here"/share/icons/hicolor/*/apps/phial.png; do
        size=$(basename -- "$(dirname -- "$(dirname -- "$icon")")")
        mkdir -p "$icons/$size/apps"
        cp -- "$icon" "$icons/$size/apps/phial.png"
    done
    program=$(literal "$(exec_word "$here/phial")")
    sed -e "s|@PROGRAM@|$program|" -e 's|@ICON@|phial|' "$here/share/phial.desktop" >"$entry"
    refresh
    printf 'Phial is in the menu now: %s\n' "$entry"
    ;;
remove)
    rm -f -- "$entry" "$icons"/*/apps/phial.png
    refresh
    printf 'Phial is no longer in the menu. Your library is untouched.\n'
    ;;
*)
    printf 'Usage: %s add | remove\n' "$0" >&2
    exit 2
    ;;
esac
