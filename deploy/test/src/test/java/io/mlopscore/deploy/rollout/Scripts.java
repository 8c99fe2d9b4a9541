package io.mlopscore.deploy.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs scripts of `deploy/` with commands of ours in front of the machine's.
///
/// @param folder where the commands are, in `bin`, and what they leave
record Scripts(Path folder) {
  private static final Path DEPLOY = Path.of("..").toAbsolutePath().normalize();

  record Outcome(int code, String said) {}

  /// Makes a command.
  ///
  /// @param body lines of bash; `$HERE` is the folder
  void command(String name, String body) throws IOException {
    var file = folder.resolve("bin").resolve(name);
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(file, "#!/bin/bash\nHERE='" + folder + "'\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// A terraform that knows one environment: `image`, `tracking`, `traffic` and `revision` are its
  /// state, `revisions` how many there were, and `shares` what the newest one and the tracking
  /// server's image got, a line for each apply. It fails where a file `fails` holds a part of its
  /// command line, and makes no revisions where a file `machines` is. Its plans end as `plan-exit`
  /// says, and leave the `variables` that they were given in a file.
  void terraform() throws IOException {
    command(
        "terraform",
        """
        printf '%s\\n' "$*" >> "$HERE/terraform.log"
        while IFS= read -r part; do [[ "$*" != *"$part"* ]] || exit 1; done < <(cat "$HERE/fails" 2> /dev/null)
        case "$*" in
          *' output '*)
            if [ -e "$HERE/image" ]; then
              printf '{"main": {"value": {"image": "%s", "tracking_image": "%s", "api_revision": "%s", "traffic": %s}}}' \\
                "$(cat "$HERE/image")" "$(cat "$HERE/tracking")" "$(cat "$HERE/revision")" "$(cat "$HERE/traffic")"
            else
              echo '{}'
            fi ;;
          *' apply '*)
            share=100 stable=null
            for argument in "$@"; do
              case $argument in
                image=*) new=${argument#image=} ;;
                tracking_image=*) tracking=${argument#tracking_image=} ;;
                traffic=*canary_percent=*)
                  share=${argument##*canary_percent=} share=${share%\\}}
                  stable=${argument#*stable_revision=} stable=${stable%%,*} ;;
              esac
            done
            if [ "$new" != "$(cat "$HERE/image" 2> /dev/null)" ] && [ ! -e "$HERE/machines" ]; then
              echo x >> "$HERE/revisions"
              echo "api-$(wc -l < "$HERE/revisions")" > "$HERE/revision"
            fi
            echo "$new" > "$HERE/image"
            echo "$tracking" > "$HERE/tracking"
            printf '{"stable_revision": %s, "canary_percent": %s}\\n' "$stable" "$share" > "$HERE/traffic"
            echo "$(cat "$HERE/revision" 2> /dev/null) $share ${tracking: -1}" >> "$HERE/shares" ;;
          plan*|*' plan '*)
            all=$*
            cat "${all##*-var-file=}" > "$HERE/variables"
            echo 'Plan: 1 to add, 0 to change, 0 to destroy.'
            exit "$(cat "$HERE/plan-exit" 2> /dev/null || echo 0)" ;;
        esac
        """);
  }

  /// @param script below `deploy`
  Outcome run(Map<String, String> environment, String script, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(DEPLOY.resolve(script).toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (old, bin) -> bin + old);
    var process = builder.start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), said);
  }

  List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }
}
