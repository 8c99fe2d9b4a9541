package io.mlopscore.app;

import io.mlopscore.tracking.Promotion;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.VersionDiff;
import io.mlopscore.tracking.VersionFacts;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `mlops models diff`.
@Command(
    name = "diff",
    description = "Shows in which params, metrics, tags, signature and files two versions differ.",
    mixinStandardHelpOptions = true)
final class ModelsDiffCommand implements Callable<Integer> {
  @Mixin private TrackingOptions options = new TrackingOptions();

  @Parameters(index = "0", paramLabel = "MODEL", description = "The registered model.")
  private String name = "";

  @Parameters(
      index = "1",
      paramLabel = "A",
      description = "A version's number, an alias such as @champion, or latest.")
  private String left = "";

  @Parameters(index = "2", paramLabel = "B", description = "The version to compare it with.")
  private String right = "";

  private record Compared(int a, int b, VersionDiff diff) {}

  @Override
  public Integer call() throws IOException {
    var compared = options.with(this::compare);
    var table = new TextTable("KIND", "NAME", "VERSION " + compared.a(), "VERSION " + compared.b());
    for (var each : compared.diff().differences()) {
      table.row(each.kind(), each.name(), each.left(), each.right());
    }
    if (compared.diff().differences().isEmpty() && !options.json) {
      System.out.println("versions " + compared.a() + " and " + compared.b() + " do not differ");
    } else {
      options.print(compared.diff().differences(), table);
    }
    return 0;
  }

  private Compared compare(Tracking tracking) {
    var a = Promotion.version(tracking.registry(), name, left);
    var b = Promotion.version(tracking.registry(), name, right);
    var diff = VersionDiff.of(VersionFacts.of(tracking, a), VersionFacts.of(tracking, b));
    return new Compared(a.version(), b.version(), diff);
  }
}
