/// Tests, and [io.mlopscore.model.SampleModels] for the tests of other modules.
@NullMarked
package io.mlopscore.model;

import org.jspecify.annotations.NullMarked;
