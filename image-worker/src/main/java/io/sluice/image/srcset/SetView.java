package io.sluice.image.srcset;

import io.sluice.contracts.image.AddressSigner;
import io.sluice.contracts.image.ImageFormat;
import io.sluice.contracts.image.VariantAddress;
import io.sluice.image.srcset.VariantSet.Format;
import io.sluice.image.srcset.VariantSet.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A set as a page needs it. Pure. */
final class SetView {
    private final AddressSigner signer;
    private final Predicate<VariantAddress> stored;

    SetView(AddressSigner signer, Predicate<VariantAddress> stored) {
        this.signer = signer;
        this.stored = stored;
    }

    /**
     * @param addresses not empty
     * @param job that makes what is missing; null: nothing is
     * @param height of the picture for a width of 1
     */
    VariantSet of(List<VariantAddress> addresses, @Nullable Long job, double height, String sizes) {
        Map<ImageFormat, List<VariantAddress>> byFormat = addresses.stream()
                .collect(Collectors.groupingBy(VariantAddress::format, LinkedHashMap::new, Collectors.toList()));
        List<Format> formats = new ArrayList<>();
        byFormat.forEach((format, of) -> formats.add(format(format, of)));
        VariantAddress first = addresses.getFirst();
        return new VariantSet(
                first.oid(), first.collection(), job == null, job, formats, html(formats, height, escaped(sizes)));
    }

    private Format format(ImageFormat format, List<VariantAddress> addresses) {
        List<Variant> variants = addresses.stream().map(this::variant).toList();
        String srcset = variants.stream()
                .map(variant -> variant.url() + ' ' + variant.width() + 'w')
                .collect(Collectors.joining(", "));
        return new Format(format.token(), format.mediaType(), srcset, variants);
    }

    private Variant variant(VariantAddress address) {
        var recipe = address.recipe().orElseThrow();
        return new Variant(
                recipe.width().orElseThrow(),
                signer.sign(address.path()),
                recipe.quality().isPresent() ? recipe.quality().getAsInt() : null,
                stored.test(address));
    }

    private static String html(List<Format> formats, double height, String sizes) {
        StringBuilder html = new StringBuilder("<picture>\n");
        for (Format format : formats.subList(0, formats.size() - 1)) {
            html.append("  <source type=\"%s\" srcset=\"%s\" sizes=\"%s\">\n"
                    .formatted(format.mediaType(), escaped(format.srcset()), sizes));
        }
        Format last = formats.getLast();
        Variant widest = last.variants().getFirst();
        html.append(
                "  <img src=\"%s\" srcset=\"%s\" sizes=\"%s\" width=\"%d\" height=\"%d\" alt=\"\" loading=\"lazy\">\n"
                        .formatted(
                                escaped(widest.url()),
                                escaped(last.srcset()),
                                sizes,
                                widest.width(),
                                Math.max(1, Math.round(widest.width() * height))));
        return html.append("</picture>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
