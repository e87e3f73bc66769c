package io.sluice.gateway.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.directive.LevelCaps;
import io.sluice.contracts.image.ImageFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatChoiceTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8                                   | AVIF | AVIF
            image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5                              | AVIF | AVIF
            image/webp,image/avif,image/jxl,image/heic,video/*;q=0.8,image/png,image/*;q=0.8,*/*;q=0.5         | AVIF | AVIF
            image/webp,*/*;q=0.8                                                                               | WEBP | WEBP
            */*                                                                                                | JPEG | PNG
            -                                                                                                  | JPEG | PNG
            image/*                                                                                            | JPEG | PNG
            image/avif                                                                                         | JPEG | PNG
            image/avif,*/*                                                                                     | JPEG | PNG
            image/avif;q=0,image/webp,*/*                                                                      | WEBP | WEBP
            image/avif,image/webp;q=0,*/*                                                                      | JPEG | PNG
            image/avif;q=0.5,image/webp;q=0.9                                                                  | WEBP | WEBP
            image/webp;q=0.3,image/jpeg;q=0.9,image/png;q=0.9                                                  | JPEG | PNG
            image/jpeg;q=0,*/*                                                                                 | PNG  | PNG
            image/png;q=0,*/*                                                                                  | JPEG | JPEG
            image/jpeg;q=0,image/png;q=0,image/webp                                                            | WEBP | WEBP
            */*;q=0                                                                                            | -    | -
            image/*;q=0,image/webp                                                                             | WEBP | WEBP
            IMAGE/WEBP ; Q=1.0 , */* ; q=0.1                                                                   | WEBP | WEBP
            image/webp;q=high,*/*                                                                              | JPEG | PNG
            image/webp;q=2,*/*                                                                                 | JPEG | PNG
            image/webp;note="a,b;q=0";q=0.9,image/jpeg;q=0.1,image/png;q=0.1                                   | WEBP | WEBP
            ,,;;=,text/html                                                                                    | JPEG | PNG
            """)
    void negotiates(String header, ImageFormat opaque, ImageFormat transparent) {
        Accept accept = Accept.parse(header);
        assertThat(FormatChoice.of(null, accept, false, LevelCaps.NONE).format())
                .isEqualTo(opaque);
        assertThat(FormatChoice.of(null, accept, true, LevelCaps.NONE).format()).isEqualTo(transparent);
    }

    @Test
    void serves_the_format_a_request_names_unless_the_client_refuses_it() {
        assertThat(FormatChoice.of(ImageFormat.AVIF, Accept.parse("*/*"), false, LevelCaps.NONE))
                .isEqualTo(new FormatChoice(ImageFormat.AVIF, FormatChoice.Reason.REQUESTED));
        assertThat(FormatChoice.of(ImageFormat.AVIF, Accept.parse("image/avif;q=0,*/*"), false, LevelCaps.NONE))
                .isEqualTo(new FormatChoice(null, FormatChoice.Reason.REFUSED));
    }

    @Test
    void a_directive_takes_formats_away_but_never_the_last() {
        LevelCaps noAvif = new LevelCaps(Map.of(), List.of("webp"), null, null);
        LevelCaps plain = new LevelCaps(Map.of(), List.of("jpeg"), null, null);
        Accept chrome = Accept.parse("image/avif,image/webp,*/*;q=0.8");
        assertThat(FormatChoice.of(null, chrome, false, noAvif))
                .isEqualTo(new FormatChoice(ImageFormat.WEBP, FormatChoice.Reason.DIRECTIVE));
        assertThat(FormatChoice.of(ImageFormat.AVIF, chrome, false, plain))
                .isEqualTo(new FormatChoice(ImageFormat.JPEG, FormatChoice.Reason.DIRECTIVE));
    }
}
