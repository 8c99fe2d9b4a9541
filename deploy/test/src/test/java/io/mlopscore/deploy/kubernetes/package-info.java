/// What the manifests of `deploy/kubernetes` must be beyond what their schemas say; those are
/// checked in `deploy/test/kubernetes`.
@NullMarked
package io.mlopscore.deploy.kubernetes;

import org.jspecify.annotations.NullMarked;
