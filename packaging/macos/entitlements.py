"""What the signed program may do beyond what the hardened runtime lets everyone: nothing, and why that is enough.

https://developer.apple.com/documentation/security/hardened-runtime
"""

from __future__ import annotations

import plistlib
from collections.abc import Mapping

ENTITLEMENTS: Mapping[str, bool] = {}

NOT_NEEDED = {
    "com.apple.security.cs.allow-jit": "Nothing of ours writes machine code: Python 3.11 has no such compiler, "
    "Metal compiles its shaders in a process of the system, and PCRE in Qt goes on without its own.",
    "com.apple.security.cs.allow-unsigned-executable-memory": "libffi, by which ctypes and PyObjC are called back, "
    "has trampolines in signed pages on Apple's processors.",
    "com.apple.security.cs.disable-executable-page-protection": "As above.",
    "com.apple.security.cs.disable-library-validation": "Every library inside is signed by the same team.",
    "com.apple.security.cs.allow-dyld-environment-variables": "Libraries are found by their paths inside the bundle.",
    "com.apple.security.cs.debugger": "Phial looks into no other process.",
    "com.apple.security.get-task-allow": "Nobody debugs what is shipped; the notary refuses it.",
    "com.apple.security.automation.apple-events": "Phial steers no other program.",
    "com.apple.security.device.audio-input": "Nothing listens.",
    "com.apple.security.device.camera": "Nothing films.",
    "com.apple.security.personal-information.location": "Nothing asks where the Mac is.",
    "com.apple.security.personal-information.addressbook": "Nothing reads contacts.",
    "com.apple.security.personal-information.calendars": "Nothing reads calendars.",
    "com.apple.security.personal-information.photos-library": "Pictures are read as files that were added.",
}
"""What could be asked for and isn't, by its key, and why."""


def written() -> bytes:
    """The property list that codesign is given."""
    return plistlib.dumps(dict(ENTITLEMENTS))


def problems(signed: bytes) -> list[str]:
    """Which rights a signed program has, as codesign prints them, that it shouldn't; nothing where it has none.

    Raises ValueError (plistlib's) for what is no property list.
    """
    held = plistlib.loads(signed) if signed.strip() else {}
    return [f"{key}: {NOT_NEEDED.get(key, 'nobody has said why')}" for key in sorted(held.keys() - ENTITLEMENTS.keys())]
