package io.mlopscore.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of ARCHITECTURE.md that the build's module order cannot see.
final class ArchitectureTest {
  private static final String ROOT = "io.mlopscore";

  /// What a module may use of ours, beside itself.
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "storage", Set.of(),
          "model", Set.of(),
          "pipeline", Set.of("storage"),
          "tracking", Set.of("storage", "model"),
          "training", Set.of("model", "tracking"),
          "serving", Set.of("model", "tracking"),
          "monitoring", Set.of("pipeline"),
          "console", Set.of("storage", "model", "pipeline", "tracking", "training", "serving"));

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  static Set<String> modules() {
    return MAY_USE.keySet();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void moduleUsesOnlyTheModulesItMay(String module) {
    var forbidden = new ArrayList<>(List.of(inside("app")));
    for (var other : MAY_USE.keySet()) {
      if (!other.equals(module) && !MAY_USE.getOrDefault(module, Set.of()).contains(other)) {
        forbidden.add(inside(other));
      }
    }
    noClasses()
        .that()
        .resideInAPackage(inside(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden.toArray(String[]::new))
        .allowEmptyShould(module.equals("storage"))
        .check(PRODUCT);
  }

  private static String inside(String module) {
    return ROOT + "." + module + "..";
  }

  /// Without it the other rules could hold because nothing was looked at.
  @Test
  void everyModuleWasLookedAt() {
    for (var module : MAY_USE.keySet()) {
      var found = PRODUCT.that(resideInAPackage(inside(module)));
      assertThat(found).as(module).hasSizeGreaterThan(module.equals("storage") ? 0 : 10);
    }
    assertThat(PRODUCT.that(resideInAPackage(inside("app")))).hasSizeGreaterThan(10);
  }

  @Test
  void everyPackageIsNullMarked() {
    var unmarked =
        PRODUCT.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(holder -> !holder.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName);
    assertThat(unmarked).isEmpty();
  }

  @Test
  void packagesHaveNoCycles() {
    for (var module : MAY_USE.keySet()) {
      slices()
          .matching(ROOT + "." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(PRODUCT);
    }
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  @ParameterizedTest
  @CsvSource({
    "kubernetes, io.fabric8..",
    "sql, org.jdbi..",
    "sql, org.sqlite..",
    "sql, java.sql..",
    "sql, com.zaxxer..",
    "oidc, com.nimbusds..",
    "auth, org.bouncycastle..",
    "onnx, ai.onnxruntime..",
    "otlp, io.opentelemetry.proto..",
    "tribuo, org.tribuo.protos..",
  })
  void outsideThingStaysInThePackageNamedAfterIt(String holder, String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".*." + holder + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(PRODUCT);
  }

  @Test
  void packagesAreNamedByWhatTheyHold() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..helper..")
        .check(PRODUCT);
  }

  /// Everything else logs through `System.Logger`. Two trainers turn down what Tribuo logs, which
  /// only its logging library can.
  @Test
  void onlyTheAppKnowsTheLoggingLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inside("app"))
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".training.RandomForestTraining")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".training.LogisticRegressionTraining")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..")
        .check(PRODUCT);
  }

  @Test
  void onlyTheAppPrints() {
    classes()
        .that()
        .resideOutsideOfPackage(inside("app"))
        .should()
        .onlyAccessMembersThat(
            DescribedPredicate.describe(
                "are not System.out or System.err",
                member ->
                    !member.getOwner().isEquivalentTo(System.class)
                        || !Set.of("out", "err").contains(member.getName())))
        .check(PRODUCT);
  }

  @Test
  void onlyTheAppEndsTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inside("app"))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "ends the process",
                (JavaAccess<?> call) ->
                    call.getTargetOwner().isEquivalentTo(System.class)
                        && call.getName().equals("exit")))
        .check(PRODUCT);
  }
}
