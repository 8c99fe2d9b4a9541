package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// Names of experiments: the rules for given ones, and new ones of an adjective and a noun.
final class ExperimentName {
  private static final String[] ADJECTIVES =
      """
      able airy apt bold brave brief bright brisk broad calm civic clear clever cosy crisp curly
      daring deep dense dewy eager early easy even exact fair fancy fast fine firm fleet fluid fond
      frank free fresh full gentle giant glad gold grand great green happy hardy humble ideal jolly
      keen kind large late lean light lively loud loyal lucid lucky mellow merry mild misty modest
      neat new nimble noble olive open pale plain polite proud pure quick quiet rapid rare ready rich
      ripe robust rosy round royal rural rustic safe sharp shiny short silent silver sleek slim small
      smart smooth snowy soft solar solid sound spare steady still stout sunny super sure sweet swift
      tame tart tender thin tidy tiny true upbeat urban valid vast velvet vivid warm wary wide wild
      wise witty young zesty"""
          .split("\\s+");
  private static final String[] NOUNS =
      """
      acorn alder amber anchor apple arrow aspen atlas badger bamboo basil beach beacon beaver birch
      bison boat brook buck canal canyon cedar cherry cliff cloud clover cobra comet coral cove crane
      creek crow cypress daisy dawn delta desert dove dune eagle ember falcon fern ferry field finch
      fjord flame flint forest fox frost garden geyser glacier grove gull harbor hare hawk hazel heron
      hill horizon ibis island ivy jade jasmine jay juniper kelp kite koala lagoon lake lark laurel
      leaf lemon lily linden lotus lynx magnet maple marble marsh meadow meteor mill mint moon moss
      moth myrtle nest newt oak oasis ocean orbit orchid osprey otter owl palm panda pearl pebble
      pecan pine planet plum pond poplar prairie puma quail quartz rabbit raven reef ridge river robin
      rose sage sand seal shell shore sky sparrow spring spruce star stone stork storm stream summit
      swan thistle thyme tiger topaz torch trail trout tulip tundra valley violet walnut wave willow
      wind wolf wren yew zebra"""
          .split("\\s+");

  private ExperimentName() {}

  /// A name that is still free below `baseline`.
  static String random(ExperimentRefs refs, String baseline, RandomGenerator random)
      throws IOException {
    while (true) {
      var name =
          ADJECTIVES[random.nextInt(ADJECTIVES.length)] + "-" + NOUNS[random.nextInt(NOUNS.length)];
      if (refs.commit(new ExperimentRef(baseline, name)).isEmpty()) {
        return name;
      }
    }
  }

  /// @throws PipelineException when git could not keep the name
  static void check(Git git, String name) throws IOException {
    boolean fits =
        !name.contains("/") && git.answer("check-ref-format", "refs/exps/" + name).isPresent();
    if (!fits) {
      throw new PipelineException(
          "'%s' cannot name an experiment: no blanks, no '/', and the other rules of git for branches"
              .formatted(name));
    }
  }
}
