# Instrumentation shared by every target: sanitizers, coverage, the stress mode.
add_library(rhumb_instrumentation INTERFACE)
if(RHUMB_SANITIZE)
  target_compile_options(rhumb_instrumentation INTERFACE
    -fsanitize=${RHUMB_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(rhumb_instrumentation INTERFACE -fsanitize=${RHUMB_SANITIZE})
endif()
if(RHUMB_COVERAGE)
  # Threads count too; torn counters would come out negative.
  target_compile_options(rhumb_instrumentation INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(rhumb_instrumentation INTERFACE --coverage -fprofile-update=atomic)
endif()
if(RHUMB_STRESS)
  target_compile_definitions(rhumb_instrumentation INTERFACE RHUMB_STRESS=1)
endif()
