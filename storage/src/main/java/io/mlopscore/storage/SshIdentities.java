package io.mlopscore.storage;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import java.util.Vector;

/// The keys of files, then those of the agent. Neither is ever added to the other.
record SshIdentities(IdentityRepository files, IdentityRepository agent)
    implements IdentityRepository {
  @Override
  @SuppressWarnings("JdkObsolete") // the library's own type
  public Vector<Identity> getIdentities() {
    var all = new Vector<>(files.getIdentities());
    all.addAll(agent.getIdentities());
    return all;
  }

  @Override
  public String getName() {
    return files.getName() + ", " + agent.getName();
  }

  @Override
  public int getStatus() {
    return RUNNING;
  }

  @Override
  public boolean add(byte[] identity) {
    return false;
  }

  @Override
  public boolean remove(byte[] blob) {
    return false;
  }

  @Override
  public void removeAll() {}
}
