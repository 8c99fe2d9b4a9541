package io.mlopscore.pipeline.remote;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The objects that some data consists of.
///
/// @param directories with what is wanted of each
/// @param loose files that are outputs by themselves, and entries of the run cache
record Needed(List<Directory> directories, List<StoredObject> loose) {
  Needed {
    directories = List.copyOf(directories);
    loose = List.copyOf(loose);
  }

  /// A directory's listing and files of it.
  ///
  /// @param whole false if only some of its files are wanted; then the listing stays where it is
  record Directory(StoredObject listing, List<StoredObject> files, boolean whole) {
    Directory {
      files = List.copyOf(files);
    }
  }

  /// Every object once: files first, then listings of directories that are wanted as a whole.
  Set<StoredObject> objects() {
    var objects = files();
    objects.addAll(listings());
    return objects;
  }

  Set<StoredObject> files() {
    var files = new LinkedHashSet<StoredObject>(loose);
    directories.forEach(directory -> files.addAll(directory.files));
    return files;
  }

  List<StoredObject> listings() {
    var listings = new ArrayList<StoredObject>();
    for (var directory : directories) {
      if (directory.whole) {
        listings.add(directory.listing);
      }
    }
    return listings;
  }
}
