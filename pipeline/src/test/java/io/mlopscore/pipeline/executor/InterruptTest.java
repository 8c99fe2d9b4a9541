package io.mlopscore.pipeline.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Who an interrupt is for, in whichever order the news of it come.
final class InterruptTest {
  private final Interrupt interrupt = new Interrupt();

  @Test
  void withoutCommandsItIsForThisProcess() {
    assertThat(interrupt.isForCommands()).isFalse();
    interrupt.started();
    interrupt.ended(0);
    assertThat(interrupt.isForCommands()).isFalse();
  }

  @Test
  void aCommandThatRunsHearsIt() {
    interrupt.started();
    assertThat(interrupt.isForCommands()).isTrue();
    interrupt.ended(-2);
    assertThat(interrupt.isForCommands()).isFalse();
  }

  @Test
  void aCommandThatEndedByItBeforeWeHeardHadIt() {
    interrupt.started();
    interrupt.ended(130);
    assertThat(interrupt.isForCommands()).isTrue();
    assertThat(interrupt.isForCommands()).isFalse();
  }

  @Test
  void severalCommandsEndByOne() {
    interrupt.started();
    interrupt.started();
    interrupt.ended(-2);
    assertThat(interrupt.isForCommands()).isTrue();
    interrupt.ended(-2);
    assertThat(interrupt.isForCommands()).isFalse();
  }

  @Test
  void whatEndedBeforeTheNextCommandIsPast() {
    interrupt.started();
    interrupt.ended(-2);
    interrupt.started();
    interrupt.ended(0);
    assertThat(interrupt.isForCommands()).isFalse();
  }
}
