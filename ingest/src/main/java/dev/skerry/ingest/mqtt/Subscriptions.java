package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.auth.Principal;
import dev.skerry.ingest.mqtt.packet.Packet.Filter;
import dev.skerry.ingest.mqtt.packet.ReasonCode;
import java.util.ArrayList;
import java.util.List;

/** What one client has subscribed to: answers to its own telemetry. For one event loop. */
final class Subscriptions {

  /** Only an anonymous client can have more than one. */
  private static final int MAX = 64;

  private final AnswerTopics answers;
  private final Outbox outbox;
  private final Principal principal;

  Subscriptions(AnswerTopics answers, Outbox outbox, Principal principal) {
    this.answers = answers;
    this.outbox = outbox;
    this.principal = principal;
  }

  /** Answers each filter. */
  List<ReasonCode> subscribe(List<Filter> filters) {
    List<ReasonCode> reasons = new ArrayList<>();
    for (Filter filter : filters) {
      reasons.add(subscribe(filter));
    }
    return reasons;
  }

  /** Answers each filter. */
  List<ReasonCode> unsubscribe(List<String> topicFilters) {
    List<ReasonCode> reasons = new ArrayList<>();
    for (String topic : topicFilters) {
      boolean was = outbox.unsubscribe(topic);
      if (was) {
        answers.unsubscribe(device(topic), outbox);
      }
      reasons.add(was ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION_EXISTED);
    }
    return reasons;
  }

  /** Ends all of them. */
  void cancelAll() {
    unsubscribe(List.copyOf(outbox.topics()));
  }

  private ReasonCode subscribe(Filter filter) {
    String topic = filter.topicFilter();
    if (topic.startsWith("$share/")) {
      return ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
    }
    if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
      return ReasonCode.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED;
    }
    String device = device(topic);
    if (device.isEmpty() || !principal.mayWriteAs(device)) {
      return ReasonCode.NOT_AUTHORIZED;
    }
    if (outbox.topics().size() >= MAX && !outbox.topics().contains(topic)) {
      return ReasonCode.QUOTA_EXCEEDED;
    }
    int granted = Math.min(filter.qos(), 1);
    outbox.subscribe(topic, granted);
    answers.subscribe(device, outbox);
    return granted == 0 ? ReasonCode.SUCCESS : ReasonCode.GRANTED_QOS_1;
  }

  /** The device of {@code detections/DEVICE}; empty for any other topic. */
  private static String device(String topic) {
    if (!topic.startsWith(AnswerTopics.PREFIX)) {
      return "";
    }
    String device = topic.substring(AnswerTopics.PREFIX.length());
    return device.indexOf('/') < 0 ? device : "";
  }
}
