# rhumb_module(NAME SOURCES ... DEPS ... [PRIVATE_DEPS ...])
# One static library per module. DEPS are the modules below it, PRIVATE_DEPS the third-party libraries
# whose one home it is: their headers never reach include/.
function(rhumb_module name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(rhumb_${name} STATIC ${arg_SOURCES})
  target_include_directories(rhumb_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include PRIVATE ${PROJECT_SOURCE_DIR}/src)
  list(TRANSFORM arg_DEPS PREPEND rhumb_)
  target_link_libraries(rhumb_${name} PUBLIC ${arg_DEPS} rhumb_fmt rhumb_instrumentation
                                      PRIVATE rhumb_warnings ${arg_PRIVATE_DEPS})
endfunction()
