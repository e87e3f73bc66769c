package io.sluice.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * {@code ./sluice demo}: tells the story against the running suite. Every figure comes from the suite's own APIs or from bytes
 * that were fetched; a step that does not happen ends the story with exit code 1.
 */
final class DemoCommand {
    private DemoCommand() {}

    static void run(Layout layout, List<String> arguments) throws IOException {
        boolean quick = arguments.contains("--quick");
        Running running = Running.of(layout);
        Narrator narrator = new Narrator(running);
        narrator.requireReady();
        DeliveryStory delivery = new DeliveryStory(narrator);
        DirectiveStory directives = new DirectiveStory(narrator);
        BudgetStory budgets = new BudgetStory(narrator);
        delivery.threeFormats();
        delivery.secondFetchIsAHit();
        delivery.drill();
        delivery.edgeKilled();
        directives.levelTwo(quick ? Duration.ofSeconds(20) : Duration.ofMinutes(2));
        budgets.cdnBillOverBudget();
        budgets.githubBillPasses90Percent();
        directives.optimizerKilled();
        System.out.println("\nEvery step happened.");
    }
}
