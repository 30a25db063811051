# Every third-party library, in one place. The system's packages first (Debian 12 has them all); what is missing is
# fetched, pinned by hash. spdlog and fmt always come from the same side: a mix of the two would not link soundly.
include(FetchContent)
set(FETCHCONTENT_QUIET ON)
find_package(Threads REQUIRED)

find_package(fmt 9 QUIET)
find_package(spdlog 1.10 QUIET)
if(NOT (fmt_FOUND AND spdlog_FOUND))
  FetchContent_Declare(fmt URL https://github.com/fmtlib/fmt/archive/refs/tags/9.1.0.tar.gz
    URL_HASH SHA256=5dea48d1fcddc3ec571ce2058e13910a0d4a6bab4cc09a809d8b1dd1c88ae6f2)
  FetchContent_MakeAvailable(fmt)
  set(SPDLOG_FMT_EXTERNAL ON CACHE BOOL "" FORCE)
  FetchContent_Declare(spdlog URL https://github.com/gabime/spdlog/archive/refs/tags/v1.11.0.tar.gz
    URL_HASH SHA256=ca5cae8d6cac15dae0ec63b21d6ad3530070650f68076f3a4a862ca293a858bb)
  FetchContent_MakeAvailable(spdlog)
endif()

# Release links fmt in (Debian ships no archive of it: the headers then); a development build takes the shared object,
# which compiles in a fraction of the time.
add_library(rhumb_fmt INTERFACE)
if(RHUMB_STATIC AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_link_libraries(rhumb_fmt INTERFACE fmt::fmt-header-only)
else()
  target_link_libraries(rhumb_fmt INTERFACE fmt::fmt)
endif()

# rhumb_library(TARGET HEADER NAMES...): an imported target for a library without a CMake package.
# With RHUMB_STATIC the archive is preferred to the shared object.
function(rhumb_library target header)
  set(names ${ARGN})
  if(RHUMB_STATIC)
    list(TRANSFORM ARGN REPLACE "(.+)" "lib\\1.a" OUTPUT_VARIABLE archives)
    set(names ${archives} ${names})
  endif()
  find_library(${target}_LIBRARY NAMES ${names} REQUIRED)
  find_path(${target}_INCLUDE_DIR NAMES ${header} REQUIRED)
  add_library(rhumb::${target} UNKNOWN IMPORTED GLOBAL)
  set_target_properties(rhumb::${target} PROPERTIES
    IMPORTED_LOCATION ${${target}_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${${target}_INCLUDE_DIR})
endfunction()

rhumb_library(libyaml yaml.h yaml)
rhumb_library(re2 re2/re2.h re2)
rhumb_library(crypto openssl/evp.h crypto)
rhumb_library(crypt crypt.h crypt)
rhumb_library(zlib zlib.h z)
target_link_libraries(rhumb::re2 INTERFACE Threads::Threads)
target_link_libraries(rhumb::crypto INTERFACE Threads::Threads ${CMAKE_DL_LIBS})

find_package(CLI11 2.1 QUIET)
find_package(nlohmann_json 3.11 QUIET)
find_package(yaml-cpp 0.7 QUIET)
if(NOT CLI11_FOUND)
  FetchContent_Declare(cli11 URL https://github.com/CLIUtils/CLI11/archive/refs/tags/v2.2.0.tar.gz
    URL_HASH SHA256=d60440dc4d43255f872d174e416705f56ba40589f6eb07727f76376fb8378fd6)
  FetchContent_MakeAvailable(cli11)
endif()
if(NOT nlohmann_json_FOUND)
  FetchContent_Declare(nlohmann_json URL https://github.com/nlohmann/json/archive/refs/tags/v3.11.2.tar.gz
    URL_HASH SHA256=d69f9deb6a75e2580465c6c4c5111b89c4dc2fa94e3a85fcd2ffcd9a143d9273)
  FetchContent_MakeAvailable(nlohmann_json)
endif()

if(RHUMB_BUILD_TESTS)
  find_package(GTest 1.12 QUIET)
  if(NOT GTest_FOUND)
    FetchContent_Declare(googletest URL https://github.com/google/googletest/archive/refs/tags/release-1.12.1.tar.gz
      URL_HASH SHA256=81964fe578e9bd7c94dfdb09c8e4d6e6759e19967e397dbea48d1c10e45d0df2)
    FetchContent_MakeAvailable(googletest)
  endif()
endif()
