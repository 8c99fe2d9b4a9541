package io.mlopscore.training;

import io.mlopscore.model.ModelFolder;
import io.mlopscore.training.csv.CsvFile;
import java.nio.file.Path;
import java.util.Optional;

/// Which model to evaluate on what, and where to leave the figures.
///
/// @param data rows that the model was not trained on
/// @param params names the target and the seed
/// @param model the model
/// @param metrics the JSON file to write
/// @param picture the PNG file to write
/// @param roc the CSV file to write the ROC curves to, if any
public record EvaluationJob(
    CsvFile data,
    DataParams params,
    ModelFolder model,
    Path metrics,
    Path picture,
    Optional<Path> roc) {}
