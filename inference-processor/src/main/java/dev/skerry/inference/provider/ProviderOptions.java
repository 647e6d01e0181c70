package dev.skerry.inference.provider;

import dev.skerry.schemas.model.Input;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The configuration in ONNX Runtime's own words. */
public final class ProviderOptions {

  private ProviderOptions() {}

  /** Of the CUDA provider. */
  public static Map<String, String> of(CudaConfig config) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("device_id", String.valueOf(config.deviceId()));
    config
        .memoryLimitBytes()
        .ifPresent(bytes -> options.put("gpu_mem_limit", String.valueOf(bytes)));
    options.put(
        "arena_extend_strategy",
        switch (config.arenaGrowth()) {
          case NEXT_POWER_OF_TWO -> "kNextPowerOfTwo";
          case SAME_AS_REQUESTED -> "kSameAsRequested";
        });
    options.put("cudnn_conv_algo_search", config.convolutionSearch().name());
    options.put("cudnn_conv_use_max_workspace", flag(config.convolutionMaxWorkspace()));
    options.put("use_tf32", flag(config.tf32()));
    options.put("prefer_nhwc", flag(config.preferNhwc()));
    options.putAll(config.options());
    return options;
  }

  /** Of the TensorRT provider. */
  public static Map<String, String> of(TensorRtConfig config) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("device_id", String.valueOf(config.deviceId()));
    options.put("trt_fp16_enable", flag(config.fp16()));
    options.put("trt_int8_enable", flag(config.int8()));
    config
        .int8CalibrationTable()
        .ifPresent(
            table -> {
              options.put("trt_int8_calibration_table_name", table);
              options.put(
                  "trt_int8_use_native_calibration_table",
                  flag(config.int8NativeCalibrationTable()));
            });
    config
        .engineCache()
        .ifPresent(
            directory -> {
              options.put("trt_engine_cache_enable", flag(true));
              options.put("trt_engine_cache_path", directory.toString());
            });
    config
        .timingCache()
        .ifPresent(
            directory -> {
              options.put("trt_timing_cache_enable", flag(true));
              options.put("trt_timing_cache_path", directory.toString());
            });
    config
        .workspaceBytes()
        .ifPresent(bytes -> options.put("trt_max_workspace_size", String.valueOf(bytes)));
    config
        .builderLevel()
        .ifPresent(level -> options.put("trt_builder_optimization_level", String.valueOf(level)));
    config
        .minSubgraphNodes()
        .ifPresent(nodes -> options.put("trt_min_subgraph_size", String.valueOf(nodes)));
    options.putAll(config.options());
    return options;
  }

  /** The batch sizes that an engine serves; without them it is built anew for each larger one. */
  public static Map<String, String> profile(Input input, int maxBatch) {
    return Map.of(
        "trt_profile_min_shapes", shape(input, 1),
        "trt_profile_opt_shapes", shape(input, maxBatch),
        "trt_profile_max_shapes", shape(input, maxBatch));
  }

  private static String shape(Input input, int rows) {
    return input.name()
        + ":"
        + LongStream.concat(LongStream.of(rows), LongStream.of(input.shape()))
            .mapToObj(String::valueOf)
            .collect(Collectors.joining("x"));
  }

  private static String flag(boolean value) {
    return value ? "1" : "0";
  }
}
