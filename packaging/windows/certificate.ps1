# For the release workflow: put the certificate that signs into the store of this machine's user, out of secrets, and tell
# the steps that follow its thumbprint. Where there is no secret, packaging/windows/build.py signs nothing, and says so.
# The machine is thrown away after the build, and its store with it.
$ErrorActionPreference = "Stop"

if (-not $env:WINDOWS_CERTIFICATE) {
    Write-Output "There is no certificate (WINDOWS_CERTIFICATE): nothing will be signed."
    exit 0
}

$file = Join-Path $env:RUNNER_TEMP "phial.pfx"
try {
    [IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($env:WINDOWS_CERTIFICATE))
    $password = ConvertTo-SecureString -String $env:WINDOWS_CERTIFICATE_PASSWORD -AsPlainText -Force
    $certificate = Import-PfxCertificate -FilePath $file -CertStoreLocation Cert:\CurrentUser\My -Password $password
} finally {
    Remove-Item -Force -ErrorAction SilentlyContinue $file
}
"PHIAL_SIGNING_THUMBPRINT=$($certificate.Thumbprint)" | Out-File -FilePath $env:GITHUB_ENV -Append -Encoding utf8
