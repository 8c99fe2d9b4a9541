package io.mlopscore.storage;

/// An object or a folder directly in the folder that was asked for.
///
/// @param name the last part of the key
/// @param size bytes, 0 for a folder
public record StoredEntry(String name, boolean isFolder, long size)
    implements Comparable<StoredEntry> {
  @Override
  public int compareTo(StoredEntry other) {
    return name.compareTo(other.name);
  }
}
