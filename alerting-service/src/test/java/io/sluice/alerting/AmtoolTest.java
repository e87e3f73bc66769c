package io.sluice.alerting;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.testkit.access.TestTokens;
import io.sluice.testkit.http.WebhookSink;
import io.sluice.testkit.postgres.PostgresResource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alertmanager's own command line against this service. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(SinkResource.class)
@SuppressWarnings("NullAway.Init")
class AmtoolTest {
    @TestHTTPResource
    URI service;

    WebhookSink sink;

    @BeforeEach
    void ready() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/-/ready").then().statusCode(200));
    }

    @Test
    void adds_an_alert_that_is_listed_and_notified() throws Exception {
        amtool("alert", "add", "alertname=Amtool", "node=bar", "severity=P3", "--annotation=summary=by hand");
        assertThat(amtool("alert", "query", "alertname=Amtool"))
                .contains("Amtool", "by hand", "active")
                .doesNotContain("Warning");
        assertThat(amtool("-o", "json", "alert", "query", "node=~b.*", "alertname!=Other"))
                .contains("\"alertname\":\"Amtool\"", "\"fingerprint\":", "\"state\":\"active\"");
        assertThat(amtool("alert", "query", "alertname=Amtool", "node=foo")).doesNotContain("by hand");
        assertThat(amtool("alert", "query", "--silenced", "alertname=Amtool")).doesNotContain("by hand");
        assertThat(amtool("alert", "query", "--receiver=default", "alertname=Amtool"))
                .contains("by hand");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> sink.received().stream().anyMatch(one -> one.body().contains("by hand")));
    }

    @Test
    void reads_the_configuration_and_finds_the_route_in_it() throws Exception {
        assertThat(amtool("config", "show")).contains("receiver: 'default'", "group_wait: 300ms");
        assertThat(amtool("config", "routes", "test", "alertname=Any")).contains("default");
        assertThat(amtool("cluster", "show")).contains("disabled");
    }

    private String amtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Programs.path("amtool", "prometheus-alertmanager"), "--alertmanager.url=" + service));
        command.addAll(List.of(arguments));
        return Programs.run(command);
    }
}
