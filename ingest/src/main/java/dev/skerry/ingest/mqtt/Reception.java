package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.intake.Intake;
import dev.skerry.service.trace.Traces;

/** What all connections share. Thread-safe. */
record Reception(
    MqttConfig config,
    Admission admission,
    Intake intake,
    MessageReader messages,
    MemoryBudget memory,
    ConnectedClients clients,
    AnswerTopics answers,
    Traces traces,
    MqttMetrics metrics) {}
