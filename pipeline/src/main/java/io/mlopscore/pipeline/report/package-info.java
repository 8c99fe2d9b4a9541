/// What a change does to the model: the report that a pull request gets.
///
/// Start at [io.mlopscore.pipeline.report.Comparison], which makes a
/// [io.mlopscore.pipeline.report.Report] of two revisions;
/// [io.mlopscore.pipeline.report.MarkdownReport] and [io.mlopscore.pipeline.report.JsonReport]
/// write it down, [io.mlopscore.pipeline.report.PictureFiles] draws its pictures.
@NullMarked
package io.mlopscore.pipeline.report;

import org.jspecify.annotations.NullMarked;
