# A base with Java, JetPack 6 and an ONNX Runtime built for it, for the processor on an NVIDIA Jetson (arm64). No artifact of ONNX Runtime has
# the providers there: put libonnxruntime.so, libonnxruntime4j_jni.so and the providers' libraries, all of the version of the jar
# (1.28.0, built with --use_cuda --use_tensorrt --build_java), into docker/onnxruntime/.
#   ./mvnw -DskipTests package
#   docker build --platform linux/arm64 --file docker/java-jetson.Dockerfile --tag skerry/java-jetson docker
#   docker build --platform linux/arm64 --build-arg BASE=skerry/java-jetson --target inference-processor \
#     --tag skerry/inference-processor-jetson:0.1.0 .
# Never built or run on a Jetson yet.
ARG BASE=eclipse-temurin:25-jre
ARG JETSON_BASE=nvcr.io/nvidia/l4t-tensorrt:r10.3.0-runtime
FROM ${BASE} AS java
FROM ${JETSON_BASE}
ENV JAVA_HOME=/opt/java/openjdk \
    JDK_JAVA_OPTIONS=-Donnxruntime.native.path=/opt/onnxruntime/lib
ENV PATH=${JAVA_HOME}/bin:${PATH}
COPY --from=java /opt/java/openjdk /opt/java/openjdk
COPY onnxruntime /opt/onnxruntime/lib
