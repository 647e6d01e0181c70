# A base with Java, CUDA 12 and cuDNN 9 for the processor on an NVIDIA GPU (x86-64), as onnxruntime_gpu 1.28.0 wants them. TensorRT
# comes from NVIDIA's own base (GPU_BASE=nvcr.io/nvidia/tensorrt:25.03-py3, larger).
#   ./mvnw -Pgpu -DskipTests package
#   docker build --file docker/java-cuda.Dockerfile --tag skerry/java-cuda docker
#   docker build --build-arg BASE=skerry/java-cuda --target inference-processor --tag skerry/inference-processor-gpu:0.1.0 .
# Never built or run on a machine with a GPU yet.
ARG BASE=eclipse-temurin:25-jre
ARG GPU_BASE=nvidia/cuda:12.8.1-cudnn-runtime-ubuntu24.04
FROM ${BASE} AS java
FROM ${GPU_BASE}
ENV JAVA_HOME=/opt/java/openjdk \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
ENV PATH=${JAVA_HOME}/bin:${PATH}
COPY --from=java /opt/java/openjdk /opt/java/openjdk
