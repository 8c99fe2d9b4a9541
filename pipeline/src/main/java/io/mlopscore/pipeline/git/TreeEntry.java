package io.mlopscore.pipeline.git;

/// What a tree of git has at a path.
///
/// @param mode `100644`, `100755` for what can be run, `120000` for a link, `040000`, `160000`
/// @param type `blob`, `tree` or `commit`
/// @param size of a blob, else -1; also of a blob that git lost
/// @param path below the tree, with `/`
public record TreeEntry(String mode, String type, String id, long size, String path) {
  /// Reads a line of `git ls-tree -l`.
  static TreeEntry parse(String line) {
    int tab = line.indexOf('\t');
    var fields = line.substring(0, tab).split(" +", -1);
    long size = Character.isDigit(fields[3].charAt(0)) ? Long.parseLong(fields[3]) : -1;
    return new TreeEntry(fields[0], fields[1], fields[2], size, line.substring(tab + 1));
  }

  /// Whether it is a regular file, no link, folder or submodule.
  public boolean isFile() {
    return mode.startsWith("100");
  }
}
