"""Whose the native libraries are that come with a wheel or with the system that builds, and under which licence.

Wheels carry libraries in folders of their own (``pillow.libs``), and PyInstaller collects more of them from the system:
neither says in a form that a program reads under which licence each is. So each is named here, by what it is called.
One that isn't named here has no licence as far as a release is concerned, and the build fails.
"""

from __future__ import annotations

import dataclasses
import fnmatch
import re

PUBLIC_DOMAIN = "LicenseRef-Public-Domain"
MICROSOFT_RUNTIME = "LicenseRef-Microsoft-Visual-C-Runtime"
GCC_RUNTIME = "GPL-3.0-or-later WITH GCC-exception-3.1"

_SUFFIX = re.compile(r"\.(so|dylib|dll|pyd)([.\d]*[a-z]?)$|\.\d+(\.\d+)*\.dylib$", re.IGNORECASE)
_HASH = re.compile(r"-[0-9a-f]{8}(?=-|$|\.)|-[0-9a-f]{32}(?=$|\.)")
"""What the tools that repair wheels put into a library's name."""


@dataclasses.dataclass(frozen=True)
class Library:
    """Libraries of one project. ``licence``: an SPDX expression. ``source``: where the project's source is."""

    name: str
    licence: str
    source: str
    stems: tuple[str, ...]


def stem(file: str) -> str:
    """The name of a library without its folder, ``lib``, versions and hashes, in lower case.

    >>> stem("pillow.libs/libfreetype-57f805ba.so.6.20.6"), stem("libgio-2.0.so.0"), stem("VCRUNTIME140_1.dll")
    ('freetype', 'gio-2.0', 'vcruntime140_1')
    """
    name = _SUFFIX.sub("", file.replace("\\", "/").rsplit("/", 1)[-1])
    return _HASH.sub("", name).removeprefix("lib").lower()


def library_of(file: str) -> Library | None:
    """The project that ``file`` is a library of; None where it isn't named here."""
    wanted = stem(file)
    if wanted in {"crypto", "ssl"} and re.search(r"\.so\.1\.\d", file):
        return OLD_OPENSSL
    return next((one for one in LIBRARIES if any(fnmatch.fnmatchcase(wanted, stem) for stem in one.stems)), None)


def _library(name: str, licence: str, source: str, *stems: str) -> Library:
    return Library(name, licence, source, stems)


OLD_OPENSSL = _library("OpenSSL", "OpenSSL", "https://openssl-library.org/source/old/1.1.1/", "crypto", "ssl")

LIBRARIES = (
    # The window system
    _library("X.Org libraries", "MIT AND X11 AND HPND", "https://www.x.org/releases/individual/lib/", "x11", "x11-xcb",
             "xau", "xcomposite", "xcursor", "xdamage", "xdmcp", "xext", "xfixes", "xi", "xinerama", "xrandr",
             "xrender", "xcb", "xcb-*"),
    _library("libxkbcommon", "MIT", "https://xkbcommon.org/download/", "xkbcommon", "xkbcommon-x11"),
    _library("Wayland", "MIT", "https://wayland.freedesktop.org/releases.html", "wayland-*"),
    _library("libdrm", "MIT", "https://dri.freedesktop.org/libdrm/", "drm"),
    _library("AT-SPI", "LGPL-2.1-or-later", "https://download.gnome.org/sources/at-spi2-core/", "atspi"),
    _library("D-Bus", "AFL-2.1 OR GPL-2.0-or-later", "https://dbus.freedesktop.org/releases/dbus/", "dbus-1"),
    _library("GLib", "LGPL-2.1-or-later", "https://download.gnome.org/sources/glib/", "gio-2.0", "glib-2.0",
             "gmodule-2.0", "gobject-2.0", "gthread-2.0"),
    # Letters
    _library("Fontconfig", "HPND-sell-variant", "https://www.freedesktop.org/software/fontconfig/", "fontconfig"),
    _library("FreeType", "FTL OR GPL-2.0-or-later", "https://download.savannah.gnu.org/releases/freetype/", "freetype"),
    _library("FriBidi", "LGPL-2.1-or-later", "https://github.com/fribidi/fribidi/releases", "fribidi"),
    _library("Graphite", "LGPL-2.1-or-later OR MPL-1.1 OR GPL-2.0-or-later",
             "https://github.com/silnrsi/graphite/releases", "graphite2"),
    _library("HarfBuzz", "MIT-Modern-Variant", "https://github.com/harfbuzz/harfbuzz/releases", "harfbuzz"),
    _library("libthai, libdatrie", "LGPL-2.1-or-later", "https://linux.thai.net/pub/thailinux/software/", "thai",
             "datrie"),
    _library("ICU", "Unicode-3.0", "https://github.com/unicode-org/icu/releases", "icudata", "icui18n", "icuuc"),
    _library("Expat", "MIT", "https://github.com/libexpat/libexpat/releases", "expat"),
    # Pictures
    _library("libaom", "BSD-2-Clause", "https://storage.googleapis.com/aom-releases/", "aom"),
    _library("libavif", "BSD-2-Clause", "https://github.com/AOMediaCodec/libavif/releases", "avif"),
    _library("libjpeg-turbo", "IJG AND BSD-3-Clause AND Zlib", "https://github.com/libjpeg-turbo/libjpeg-turbo/releases",
             "jpeg", "turbojpeg"),
    _library("Little CMS", "MIT", "https://github.com/mm2/Little-CMS/releases", "lcms2"),
    _library("OpenJPEG", "BSD-2-Clause", "https://github.com/uclouvain/openjpeg/releases", "openjp2"),
    _library("libpng", "libpng-2.0", "https://download.sourceforge.net/libpng/", "png16"),
    _library("libtiff", "libtiff", "https://download.osgeo.org/libtiff/", "tiff"),
    _library("libwebp", "BSD-3-Clause", "https://storage.googleapis.com/downloads.webmproject.org/releases/webp/",
             "webp", "webpdemux", "webpmux", "sharpyuv"),
    _library("libvpx", "BSD-3-Clause", "https://github.com/webmproject/libvpx/releases", "vpx"),
    _library("FFmpeg", "LGPL-2.1-or-later", "https://ffmpeg.org/releases/", "avcodec", "avformat", "avutil",
             "swresample", "swscale", "opencv_videoio_ffmpeg*"),
    _library("GEOS", "LGPL-2.1-or-later", "https://download.osgeo.org/geos/", "geos", "geos_c"),
    # Numbers
    _library("OpenBLAS", "BSD-3-Clause", "https://github.com/OpenMathLib/OpenBLAS/releases", "openblas*",
             "scipy_openblas*"),
    _library("LLVM OpenMP", "Apache-2.0 WITH LLVM-exception", "https://github.com/llvm/llvm-project/releases", "omp",
             "omp140*"),
    _library("GCC runtime", GCC_RUNTIME, "https://gcc.gnu.org/mirrors.html", "gcc_s*", "stdc++*", "gomp*", "gfortran*"),
    _library("libquadmath", "LGPL-2.0-or-later", "https://gcc.gnu.org/mirrors.html", "quadmath*"),
    # Packing, ciphers, names
    _library("Brotli", "MIT", "https://github.com/google/brotli/releases", "brotlicommon", "brotlidec"),
    _library("bzip2", "bzip2-1.0.6", "https://sourceware.org/pub/bzip2/", "bz2"),
    _library("LZ4", "BSD-2-Clause", "https://github.com/lz4/lz4/releases", "lz4"),
    _library("XZ Utils (liblzma)", f"0BSD AND {PUBLIC_DOMAIN}", "https://tukaani.org/xz/", "lzma"),
    _library("zlib", "Zlib", "https://zlib.net/", "z", "zlib", "zlib1"),
    # Pillow's for macOS has it in zlib's place, and says so in the middle of the file's name.
    _library("zlib-ng", "Zlib", "https://github.com/zlib-ng/zlib-ng/releases", "z.*.zlib-ng"),
    _library("Zstandard", "BSD-3-Clause OR GPL-2.0-only", "https://github.com/facebook/zstd/releases", "zstd"),
    _library("OpenSSL", "Apache-2.0", "https://openssl-library.org/source/", "crypto", "ssl", "crypto-3*", "ssl-3*"),
    _library("libgcrypt, libgpg-error", "LGPL-2.1-or-later", "https://gnupg.org/ftp/gcrypt/", "gcrypt", "gpg-error"),
    _library("MIT Kerberos", "MIT", "https://web.mit.edu/kerberos/dist/", "gssapi_krb5", "k5crypto", "krb5",
             "krb5support", "com_err"),
    _library("keyutils", "LGPL-2.0-or-later",
             "https://git.kernel.org/pub/scm/linux/kernel/git/dhowells/keyutils.git", "keyutils"),
    _library("libffi", "MIT", "https://github.com/libffi/libffi/releases", "ffi", "ffi-8", "ffi-7"),
    _library("PCRE2", "BSD-3-Clause", "https://github.com/PCRE2Project/pcre2/releases", "pcre2-8", "pcre2-16"),
    _library("SQLite", "blessing", "https://www.sqlite.org/download.html", "sqlite3"),
    # The system
    _library("libbsd, libmd", "BSD-3-Clause AND BSD-2-Clause AND ISC", "https://libbsd.freedesktop.org/releases/",
             "bsd", "md"),
    _library("libcap", "BSD-3-Clause OR GPL-2.0-only",
             "https://mirrors.edge.kernel.org/pub/linux/libs/security/linux-privs/libcap2/", "cap"),
    _library("util-linux (libmount, libblkid)", "LGPL-2.1-or-later",
             "https://mirrors.edge.kernel.org/pub/linux/utils/util-linux/", "mount", "blkid"),
    _library("util-linux (libuuid)", "BSD-3-Clause", "https://mirrors.edge.kernel.org/pub/linux/utils/util-linux/",
             "uuid"),
    _library("libselinux", PUBLIC_DOMAIN, "https://github.com/SELinuxProject/selinux/releases", "selinux"),
    _library("systemd (libsystemd)", "LGPL-2.1-or-later", "https://github.com/systemd/systemd/releases", "systemd"),
    _library("ncurses", "X11-distribute-modifications-variant", "https://invisible-island.net/ncurses/", "tinfo",
             "ncursesw", "ncurses"),
    _library("libxcrypt", "LGPL-2.1-or-later", "https://github.com/besser82/libxcrypt/releases", "crypt"),
    _library("mpdecimal", "BSD-2-Clause", "https://www.bytereef.org/mpdecimal/", "mpdec"),
    # Named so that the build says what it found: Python's modules that ask for the first two stay out of the frozen
    # folder; the others lie in OpenCV's wheel for macOS, in the place of which our own OpenCV is frozen (0190).
    _library("GNU Readline", "GPL-3.0-or-later", "https://ftp.gnu.org/gnu/readline/", "readline"),
    _library("GNU dbm", "GPL-3.0-or-later", "https://ftp.gnu.org/gnu/gdbm/", "gdbm*"),
    _library("x264", "GPL-2.0-or-later", "https://code.videolan.org/videolan/x264", "x264"),
    _library("x265", "GPL-2.0-or-later", "https://bitbucket.org/multicoreware/x265_git", "x265"),
    _library("Rubber Band", "GPL-2.0-or-later", "https://breakfastquay.com/rubberband/", "rubberband"),
    _library("Microsoft Visual C++ runtime", MICROSOFT_RUNTIME, "https://learn.microsoft.com/cpp/windows/redistributing-visual-cpp-files",
             "msvcp140*", "vcruntime140*", "vcomp140", "vcamp140", "vccorlib140", "concrt140", "ucrtbase",
             "api-ms-win-*"),
)  # fmt: skip
