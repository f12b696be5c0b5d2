"""What an operating system hinders at a file or folder, in words: its own are English, and others on each system."""

from __future__ import annotations

import errno
from pathlib import Path

_WRITING = {
    errno.ENOENT: "没有“{folder}”这个文件夹",
    errno.EEXIST: "同名文件已存在",
    errno.ENOTEMPTY: "同名文件夹已存在",
    errno.ENOTDIR: "“{folder}”不是文件夹",
    errno.EISDIR: "它是一个文件夹",
    errno.EACCES: "没有写入的权限，或正被别的程序打开",
    errno.EPERM: "没有写入的权限",
    errno.EROFS: "磁盘只能读，不能写",
    errno.ENOSPC: "磁盘已满",
    errno.EIO: "磁盘读写出错",
    errno.EFBIG: "这个盘放不下这么大的文件",
    errno.ENAMETOOLONG: "文件名太长",
}
_READING = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有读取的权限，或正被别的程序打开",
    errno.EPERM: "没有读取的权限",
}


def writing(error: OSError, folder: Path | None = None) -> str:
    """What hinders writing (in a folder)."""
    return _WRITING.get(error.errno or 0, f"系统报错 {error.errno}").format(folder=folder or "要写的")


def reading(error: OSError) -> str:
    """What hinders reading a file."""
    return _READING.get(error.errno or 0) or writing(error)
