package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// One call of MLflow's API: reads what it needs, answers with a message.
@FunctionalInterface
interface Rpc {
  ObjectNode answer(Call call);
}
