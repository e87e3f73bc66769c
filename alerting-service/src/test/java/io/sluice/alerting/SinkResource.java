package io.sluice.alerting;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.testkit.http.FreePorts;
import io.sluice.testkit.http.WebhookSink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A webhook sink and a mail server as the service's destinations, and timers that tests can wait for. */
public final class SinkResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable WebhookSink sink;
    private @Nullable GreenMail mail;

    @Override
    public Map<String, String> start() {
        WebhookSink started =
                WebhookSink.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InstantSource.system());
        sink = started;
        GreenMail server = new GreenMail(new ServerSetup(FreePorts.next(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        mail = server;
        Map<String, String> config = new HashMap<>();
        config.put("sluice.alerting.webhook.url", started.url() + "/hook");
        config.put("sluice.alerting.webhook.timeout", "PT2S");
        config.put("sluice.alerting.email.to", "oncall@example.com");
        config.put("sluice.alerting.email.from", "sluice@example.com");
        config.put("quarkus.mailer.host", "127.0.0.1");
        config.put("quarkus.mailer.port", Integer.toString(server.getSmtp().getPort()));
        config.put("sluice.alerting.route.group-by", "alertname");
        config.put("sluice.alerting.route.group-wait", "PT0.3S");
        config.put("sluice.alerting.route.group-interval", "PT0.5S");
        config.put("sluice.alerting.route.poll", "PT0.2S");
        config.put("sluice.alerting.outbox.poll", "PT0.2S");
        config.put("sluice.alerting.outbox.first-retry", "PT0.2S");
        config.put("sluice.alerting.outbox.longest-retry", "PT1S");
        config.put("sluice.alerting.intake.networks", "127.0.0.1/32");
        return config;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(sink, new TestInjector.MatchesType(WebhookSink.class));
        injector.injectIntoFields(mail, new TestInjector.MatchesType(GreenMail.class));
    }

    @Override
    public void stop() {
        if (sink != null) {
            sink.close();
        }
        if (mail != null) {
            mail.stop();
        }
    }
}
