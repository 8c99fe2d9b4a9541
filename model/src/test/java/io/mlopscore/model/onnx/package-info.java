@NullMarked
package io.mlopscore.model.onnx;

import org.jspecify.annotations.NullMarked;
