/// What the workflows of `.github` must be beyond what actionlint checks in
// `deploy/test/workflows`.
@NullMarked
package io.mlopscore.deploy.workflows;

import org.jspecify.annotations.NullMarked;
