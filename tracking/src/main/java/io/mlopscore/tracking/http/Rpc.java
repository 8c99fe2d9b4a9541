package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonSerializable;
import java.util.function.ToLongFunction;

/// One call of MLflow's API: reads what it needs, answers with a message.
@FunctionalInterface
interface Rpc {
  /// An [com.fasterxml.jackson.databind.node.ObjectNode], or a [Listing].
  JsonSerializable answer(Call call);

  /// About how much memory the answer takes until it is sent; 0 if it is not worth counting.
  default long bytes(Call call) {
    return 0;
  }

  /// A call whose answer may be large.
  static Rpc large(ToLongFunction<Call> bytes, Rpc rpc) {
    return new Large(bytes, rpc);
  }

  /// With what it takes.
  record Large(ToLongFunction<Call> size, Rpc rpc) implements Rpc {
    @Override
    public JsonSerializable answer(Call call) {
      return rpc.answer(call);
    }

    @Override
    public long bytes(Call call) {
      return size.applyAsLong(call);
    }
  }
}
