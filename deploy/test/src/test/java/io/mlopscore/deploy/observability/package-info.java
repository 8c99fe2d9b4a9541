/// What alerts say, without a Prometheus; with one: `deploy/test/observability`.
@NullMarked
package io.mlopscore.deploy.observability;

import org.jspecify.annotations.NullMarked;
