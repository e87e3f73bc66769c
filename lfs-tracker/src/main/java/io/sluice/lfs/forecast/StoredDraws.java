package io.sluice.lfs.forecast;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;

/** Goes on from what the last complete day stored, adding what single days have added. */
final class StoredDraws implements DayDraws {
    private final DayAmount last;
    private final double[] additions;
    private final List<LocalDate> open;

    StoredDraws(List<DayAmount> days, List<LocalDate> open) {
        this.last = days.getLast();
        this.open = open;
        this.additions = new double[days.size() - 1];
        for (int i = 0; i < additions.length; i++) {
            long apart =
                    ChronoUnit.DAYS.between(days.get(i).day(), days.get(i + 1).day());
            additions[i] = (days.get(i + 1).amount() - days.get(i).amount()) / Math.max(1, apart);
        }
    }

    @Override
    public double[] next(RandomGenerator random) {
        double[] path = new double[open.size()];
        double level = last.amount();
        for (int i = 0; i < path.length; i++) {
            if (open.get(i).isAfter(last.day())) {
                level = Math.max(0, level + additions[random.nextInt(additions.length)]);
            }
            path[i] = level;
        }
        return path;
    }
}
