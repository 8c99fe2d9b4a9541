package io.mlopscore.tracking.http;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.regex.Pattern;

/// What this version does not serve, said as 501 with a sentence rather than answered wrongly.
enum Unserved {
  GATEWAY(
      "gateway|runs/create-promptlab-run",
      "There is no gateway to language models here; call their own API."),
  SCORERS(
      "scorers?/|genai/evaluate",
      "Scorers are Python, which is not run here; run mlflow.genai.evaluate in a program of"
          + " yours."),
  JOBS(
      "jobs/|prompt-optimization",
      "The server runs no jobs; run the same function of mlflow in a program of yours."),
  ASSISTANT("mlflow/assistant/", "There is no assistant here."),
  ISSUES("mlflow/issues", "Issues are not kept here; assessments may refer to them."),
  DATASETS("mlflow/datasets/", "Data sets for evaluation are not kept here; those of runs are."),
  LABELLING(
      "mlflow/(label-schemas|review-queues)/",
      "Labelling sessions are not kept here; assessments are."),
  MCP("mlflow/mcp-servers", "Servers of tools are not registered here."),
  WORKSPACES("mlflow/workspaces", "There are no workspaces here but 'default'."),
  PAGES(
      "^/(graphql|build|static-files)|mlflow/(ui-telemetry|demo/)",
      "MLflow's own pages are not here; the console at / has others."),
  DATABRICKS(
      "mlflow/(get-online-trace-details|unified-traces)",
      "Only Databricks has this; 'traces/search' finds traces."),
  OTHER("", "");

  private final Pattern paths;
  private final String why;

  Unserved(String paths, String why) {
    this.paths = Pattern.compile(paths);
    this.why = why;
  }

  static TrackingException call(String method, String path) {
    return new TrackingException(
        ErrorCode.NOT_IMPLEMENTED,
        (method + " " + path + " is not served by this version. " + of(path).why).strip());
  }

  private static Unserved of(String path) {
    for (var subject : values()) {
      if (subject.paths.matcher(path).find()) {
        return subject;
      }
    }
    return OTHER;
  }
}
