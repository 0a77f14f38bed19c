#!/usr/bin/env bash
# For the release workflow: a keychain with the certificate that signs and what the notary asks for, out of secrets, for
# as long as one build lasts. Where there is no secret nothing is made, and packaging/macos/build.py signs for nobody.
#   packaging/macos/keychain.sh            make it, and tell the steps that follow (GITHUB_ENV)
#   packaging/macos/keychain.sh --remove   take it away again
set -euo pipefail

keychain="$RUNNER_TEMP/phial.keychain-db"
certificate="$RUNNER_TEMP/phial.p12"

if [ "${1:-}" = --remove ]; then
    rm -f "$certificate"
    if [ -f "$keychain" ]; then
        security default-keychain -s login.keychain-db
        security delete-keychain "$keychain"
    fi
    exit 0
fi

if [ -z "${MACOS_CERTIFICATE:-}" ]; then
    echo "There is no certificate (MACOS_CERTIFICATE): nothing will be signed for anybody."
    exit 0
fi

password="$(openssl rand -base64 32)"
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security default-keychain -s "$keychain"
security list-keychains -d user -s "$keychain" login.keychain-db
base64 --decode <<<"$MACOS_CERTIFICATE" >"$certificate"
security import "$certificate" -P "${MACOS_CERTIFICATE_PASSWORD:-}" -k "$keychain" -T /usr/bin/codesign
rm -f "$certificate"
# Without this codesign asks a person whether it may use the key.
security set-key-partition-list -S apple-tool:,apple: -k "$password" "$keychain" >/dev/null

identity="$(security find-identity -v -p codesigning "$keychain" |
    sed -n 's/.*"\(Developer ID Application: [^"]*\)".*/\1/p' | head -n 1)"
if [ -z "$identity" ]; then
    echo 'The certificate holds no identity "Developer ID Application".' >&2
    exit 1
fi
echo "PHIAL_SIGNING_IDENTITY=$identity" >>"$GITHUB_ENV"

if [ -z "${MACOS_NOTARY_PASSWORD:-}" ]; then
    echo "There is nothing for the notary (MACOS_NOTARY_PASSWORD): nothing will be notarised."
    exit 0
fi
xcrun notarytool store-credentials phial --apple-id "$MACOS_NOTARY_APPLE_ID" --team-id "$MACOS_NOTARY_TEAM" \
    --password "$MACOS_NOTARY_PASSWORD"
echo "PHIAL_NOTARY_PROFILE=phial" >>"$GITHUB_ENV"
