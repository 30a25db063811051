# Instrumentation shared by every target: sanitizers, coverage, the stress mode.
add_library(rhumb_instrumentation INTERFACE)
if(RHUMB_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "RHUMB_FUZZ needs clang: libFuzzer comes with it")
  endif()
  # All libraries tell the fuzzer where they have been; its main is linked into the harnesses alone.
  set(RHUMB_SANITIZE "address,undefined")
  target_compile_options(rhumb_instrumentation INTERFACE -fsanitize=fuzzer-no-link)
endif()
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
