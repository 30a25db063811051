# Every third-party library, in one place. The system's packages first (Debian 12 has them all); what is missing is
# fetched at a commit (its hash is the pin).
include(FetchContent)
set(FETCHCONTENT_QUIET ON)
find_package(Threads REQUIRED)

# rhumb_package(NAME VERSION REPOSITORY COMMIT): the system's package, else the sources at a commit.
macro(rhumb_package name version repository commit)
  find_package(${name} ${version} QUIET)
  if(NOT ${name}_FOUND)
    string(TOLOWER ${name} lower_name)
    FetchContent_Declare(${lower_name} GIT_REPOSITORY https://github.com/${repository}.git GIT_TAG ${commit})
    FetchContent_MakeAvailable(${lower_name})
  endif()
endmacro()

rhumb_package(fmt 9 fmtlib/fmt a33701196adfad74917046096bf5a2aa0ab0bb50)
set(SPDLOG_FMT_EXTERNAL ON)
rhumb_package(spdlog 1.10 gabime/spdlog 7e635fca68d014934b4af8a1cf874f63989352b7)
rhumb_package(CLI11 2.1 CLIUtils/CLI11 b9be5b9444772324459989177108a6a65b8b2769)
rhumb_package(nlohmann_json 3.11 nlohmann/json 9cca280a4d0ccf0c08f47a99aa71d1b0e52f8d03)
if(RHUMB_BUILD_TESTS)
  rhumb_package(GTest 1.12 google/googletest 58d77fa8070e8cec2dc1ed015d66b454c8d78850)
endif()

# Release links fmt in (Debian ships no archive of it: the headers then); a development build takes the shared object,
# which compiles in a fraction of the time.
add_library(rhumb_fmt INTERFACE)
if(RHUMB_STATIC AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_link_libraries(rhumb_fmt INTERFACE fmt::fmt-header-only)
else()
  target_link_libraries(rhumb_fmt INTERFACE fmt::fmt)
endif()

# Headers only, and the fmt from above: its shared object would be loaded at every start, for lines that few runs write.
add_library(rhumb_spdlog INTERFACE)
target_include_directories(rhumb_spdlog SYSTEM INTERFACE
  $<TARGET_PROPERTY:spdlog::spdlog_header_only,INTERFACE_INCLUDE_DIRECTORIES>)
target_compile_definitions(rhumb_spdlog INTERFACE SPDLOG_FMT_EXTERNAL)

# rhumb_library(TARGET HEADER NAMES...): an imported target for a library without a CMake package.
# With RHUMB_STATIC the archive is preferred to the shared object, but for sanitizers: their interceptors (crypt_r)
# look for the function in a shared object.
function(rhumb_library target header)
  set(names ${ARGN})
  if(RHUMB_STATIC AND NOT RHUMB_SANITIZE)
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
rhumb_library(cares ares.h cares)
rhumb_library(zlib zlib.h z)
rhumb_library(yaml_cpp yaml-cpp/yaml.h yaml-cpp)
target_link_libraries(rhumb::re2 INTERFACE Threads::Threads)
target_link_libraries(rhumb::crypto INTERFACE Threads::Threads ${CMAKE_DL_LIBS})
