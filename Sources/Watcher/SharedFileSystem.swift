internal import CInotifyTools
internal import Glibc

/// File systems whose files others may change: another machine, the host of a virtual one, or the program behind a FUSE
/// mount. inotify tells of what is done through this kernel only.
public enum SharedFileSystem {
  /// Names by the number that `statfs` gives, its lower 32 bits. The numbers are those of linux/magic.h; where that has
  /// none, of the file system's own header or of what coreutils' `stat` knows.
  public static let names: [UInt32: String] = [
    0x6969: "NFS",
    0x517B: "SMB", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB",
    0x0102_1997: "9p",
    0x6573_5546: "FUSE",
    0x5346_414F: "AFS", 0x6B41_4653: "AFS",
    0x00C3_6400: "Ceph",
    0x7375_7245: "Coda",
    0x564C: "NCP",
    0x7461_636F: "OCFS2",
    // linux/gfs2_ondisk.h
    0x0116_1970: "GFS2",
    // fs/vboxsf/super.c
    0x786F_4256: "vboxsf",
    // coreutils, src/stat.c
    0x0BD0_0BD0: "Lustre", 0xBACB_ACBC: "vmhgfs", 0x7C7C_6673: "prl_fs", 0x4750_4653: "GPFS", 0x1983_0326: "BeeGFS",
    0xAAD7_AAEA: "PanFS", 0xBEEF_DEAD: "SNFS", 0x6163_6673: "ACFS", 0x0131_11A8: "Ibrix",
  ]

  /// The number of the file system that an open file lies on; nil if that cannot be told.
  public static func number(ofFile descriptor: CInt) -> UInt32? {
    var status = statfs()
    return fstatfs(descriptor, &status) == 0 ? UInt32(truncatingIfNeeded: status.f_type) : nil
  }
}
