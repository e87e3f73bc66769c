package io.sluice.alerting.email;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.sluice.alerting.outbox.Channel;
import io.sluice.alerting.outbox.Outcome;
import io.sluice.alerting.outbox.Parcel;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.SMTPException;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Writes e-mails as text and HTML. All about one group is one thread for mail programs (RFC 5322, References); a 5xx reply of
 * the server is a refusal, anything else is tried again with the same Message-ID.
 */
@Singleton
class EmailChannel implements Channel {
    private final ReactiveMailer mailer;
    private final List<String> to;
    private final String from;

    EmailChannel(ReactiveMailer mailer, EmailConfig config) {
        this.mailer = mailer;
        this.to = config.to().orElse(List.of());
        this.from = config.from();
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public boolean configured() {
        return !to.isEmpty();
    }

    @Override
    public Uni<Outcome> deliver(Parcel parcel) {
        String thread = "<" + parcel.groupId() + "@sluice>";
        Mail mail = new Mail()
                .setTo(to)
                .setFrom(from)
                .setSubject(EmailText.subject(parcel.message()))
                .setText(EmailText.plain(parcel.message()))
                .setHtml(EmailText.html(parcel.message()))
                .addHeader("Message-ID", "<" + parcel.idempotencyKey() + "@sluice>")
                .addHeader("References", thread)
                .addHeader("In-Reply-To", thread)
                .addHeader("Auto-Submitted", "auto-generated");
        return mailer.send(mail)
                .<Outcome>replaceWith(new Outcome.Sent())
                .onFailure(SMTPException.class)
                .recoverWithItem(EmailChannel::refusalOrLater);
    }

    private static Outcome refusalOrLater(SMTPException failure) {
        String reason = "SMTP " + failure.getReplyCode();
        return failure.isPermanent() ? new Outcome.Refused(reason) : new Outcome.Later(reason, null);
    }
}
