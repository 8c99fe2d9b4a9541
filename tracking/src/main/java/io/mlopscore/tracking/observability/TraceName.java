package io.mlopscore.tracking.observability;

/// What the log calls the trace that a request belongs to, so that a viewer can lead from one to
/// the other.
///
/// Google's Cloud Logging links a line to its trace by the field [#FIELD] when the project is part
/// of the name.
///
/// @param project the Google Cloud project that traces are kept in; empty if there is none
public record TraceName(String project) {
  public static final String FIELD = "logging.googleapis.com/trace";
  private static final int HEADER_LENGTH = 55;
  private static final int START = 3;
  private static final int END = 35;

  /// The name of the trace in a W3C `traceparent` header; empty if that is absent or malformed.
  public String of(String traceParent) {
    if (!isTraceParent(traceParent)) {
      return "";
    }
    var id = traceParent.substring(START, END);
    return project.isEmpty() ? id : "projects/" + project + "/traces/" + id;
  }

  private static boolean isTraceParent(String text) {
    if (text.length() < HEADER_LENGTH || text.charAt(2) != '-' || text.charAt(END) != '-') {
      return false;
    }
    boolean zero = true;
    for (int i = START; i < END; i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
      zero &= c == '0';
    }
    return !zero;
  }
}
