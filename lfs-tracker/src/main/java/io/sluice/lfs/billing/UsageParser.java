package io.sluice.lfs.billing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.lfs.account.Nano;
import io.sluice.lfs.account.Sku;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads GitHub's usage report as a stream and keeps its Git LFS rows. Every row, of whatever product, has to lie in the day
 * that was asked for: GitHub answers one row per month when it does not see the day, and such a row would count a month twice.
 * Source: GitHub OpenAPI, {@code /organizations/{org}/settings/billing/usage}; payloads differ from it in that dates may be
 * timestamps and quantities are decimals.
 */
final class UsageParser {
    private static final int LONGEST_NAME = 200;

    private static final int LONGEST_NUMBER = 40;

    private final JsonFactory json = new JsonFactory();

    /**
     * Reads to the end of the answer.
     *
     * @throws UnusableAnswer when nothing of it may be written
     * @throws IOException when it cannot be read to its end
     */
    DayUsage parse(InputStream body, LocalDate day) throws IOException, UnusableAnswer {
        List<UsageRow> rows = new ArrayList<>();
        int items = -1;
        try (JsonParser parser = json.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("it is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean usage = parser.currentName().equals("usageItems");
                JsonToken value = parser.nextToken();
                if (usage && value == JsonToken.START_ARRAY) {
                    items = items(parser, day, rows);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw malformed("something follows the JSON object");
            }
        } catch (JsonProcessingException e) {
            throw malformed(e.getOriginalMessage());
        }
        if (items < 0) {
            throw malformed("the list usageItems is missing");
        }
        try {
            return DayUsage.of(rows, items);
        } catch (ArithmeticException e) {
            throw malformed("the sum of its rows is beyond 9.2 thousand million");
        }
    }

    private int items(JsonParser parser, LocalDate day, List<UsageRow> rows) throws IOException, UnusableAnswer {
        int items = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw malformed("usageItems[" + items + "] is not an object");
            }
            row(fields(parser), day, items).ifPresent(rows::add);
            items++;
        }
        return items;
    }

    private Map<String, String> fields(JsonParser parser) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                fields.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return fields;
    }

    private Optional<UsageRow> row(Map<String, String> fields, LocalDate day, int index) throws UnusableAnswer {
        String where = "usageItems[" + index + "].";
        Instant at = date(text(fields, "date", where), where);
        LocalDate dated = at.atOffset(ZoneOffset.UTC).toLocalDate();
        if (!dated.equals(day)) {
            throw new UnusableAnswer(
                    Outcome.MONTH_ROWS,
                    where + "date is " + dated + " although " + day
                            + " was asked for: GitHub answered rows of a month instead of a day");
        }
        Optional<Sku> sku = Sku.of(text(fields, "sku", where), text(fields, "unitType", where));
        if (sku.isEmpty()) {
            return Optional.empty();
        }
        String repository = fields.getOrDefault("repositoryName", "");
        if (repository.length() > LONGEST_NAME) {
            throw malformed(where + "repositoryName is longer than " + LONGEST_NAME);
        }
        return Optional.of(new UsageRow(
                at,
                repository.substring(repository.lastIndexOf('/') + 1),
                checked(sku.get(), text(fields, "unitType", where), where),
                amount(fields, "quantity", where),
                amount(fields, "pricePerUnit", where),
                amount(fields, "grossAmount", where),
                amount(fields, "discountAmount", where),
                amount(fields, "netAmount", where)));
    }

    private static Sku checked(Sku sku, String unit, String where) throws UnusableAnswer {
        boolean ours = sku.name().equals(Sku.STORAGE.name()) || sku.name().equals(Sku.BANDWIDTH.name());
        if (ours && !sku.known()) {
            throw malformed(where + "unitType '" + unit + "' is not the unit of " + sku.name());
        }
        return sku;
    }

    private static String text(Map<String, String> fields, String name, String where) throws UnusableAnswer {
        String value = fields.get(name);
        if (value == null) {
            throw malformed(where + name + " is missing");
        }
        return value;
    }

    private static Instant date(String date, String where) throws UnusableAnswer {
        try {
            return date.length() == 10
                    ? LocalDate.parse(date).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(date).toInstant();
        } catch (DateTimeException e) {
            throw malformed(where + "date '" + date + "' is neither a day nor a timestamp");
        }
    }

    private static long amount(Map<String, String> fields, String name, String where) throws UnusableAnswer {
        String value = text(fields, name, where);
        try {
            BigDecimal amount = value.length() > LONGEST_NUMBER ? BigDecimal.valueOf(-1) : new BigDecimal(value);
            // An exponent such as 1e999999999 would fill the memory when it is written out.
            long nano = Math.abs((long) amount.scale()) > LONGEST_NUMBER ? -1 : Nano.of(amount);
            if (nano < 0) {
                throw malformed(where + name + " must be from 0 to 9.2 thousand million, was " + value);
            }
            return nano;
        } catch (ArithmeticException | NumberFormatException e) {
            throw malformed(where + name + " must be a number up to 9.2 thousand million, was '" + value + "'");
        }
    }

    private static UnusableAnswer malformed(String reason) {
        return new UnusableAnswer(Outcome.MALFORMED, "GitHub's answer cannot be used: " + reason);
    }
}
