package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.intake.Intake;

/** What all connections share. Thread-safe. */
record Reception(
    MqttConfig config,
    Admission admission,
    Intake intake,
    MessageReader messages,
    MemoryBudget memory,
    ConnectedClients clients,
    AnswerTopics answers,
    MqttMetrics metrics) {}
