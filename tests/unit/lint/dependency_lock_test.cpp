// Locks as `helm dependency build` takes them: locks.tsv, recorded by tests/oracle/locks.
#include "lint/support/dependency_lock.h"

#include "unit/tsv.h"

namespace rhumb::lint {
namespace {

std::string_view name_of(LockState state) {
  switch (state) {
    case LockState::in_step: return "in step";
    case LockState::out_of_step: return "out of step";
    case LockState::unknown: break;
  }
  return "unknown";
}

struct Read {
  Heap heap;
  chart::Metadata metadata;
  chart::Lock lock;

  Read(const std::string& chart_text, const std::string& lock_text) {
    if (!chart::read_metadata(chart_text, metadata, heap) || !chart::validate(metadata)) {
      throw std::logic_error("not a chart: " + chart_text);
    }
    lock = **chart::read_lock(lock_text, heap);
  }
  LockState state() const { return lock_state(metadata, lock); }
};

TEST(DependencyLock, IsTakenAsByHelm) {
  for (const test::TsvLine& line : test::read_tsv("lint/locks.tsv")) {
    const Read read(line[1], line[2]);
    EXPECT_EQ(line.result(), name_of(read.state())) << line.name();
  }
}

TEST(DependencyLock, IsUnknownWhereTheDigestIsOfAnAddressThatAUserNamed) {
  for (const std::string repository : {"'@stable'", "'alias:stable'"}) {
    const Read read(
        "apiVersion: v2\nname: a\nversion: 1.0.0\ndependencies: [{name: b, version: 1.0.0, repository: " + repository +
            "}]\n",
        "digest: sha256:0\ndependencies: [{name: b, version: 1.0.0, repository: 'https://charts.example.com'}]\n");
    EXPECT_EQ(LockState::unknown, read.state()) << repository;
  }
}

TEST(DependencyLock, IsUnknownWithoutEntries) {
  EXPECT_EQ(LockState::unknown, Read("apiVersion: v2\nname: a\nversion: 1.0.0\n", "digest: sha256:0\n").state());
}

}  // namespace
}  // namespace rhumb::lint
