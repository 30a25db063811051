#include "funcs/support/primality.h"

#include <gtest/gtest.h>
#include <openssl/bn.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "funcs/support/fermat.h"
#include "funcs/support/prime_search.h"

namespace rhumb::funcs {
namespace {

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;
using Scratch = std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)>;

/// 2^bits - 1
Number mersenne(int bits) {
  Number number(BN_new(), BN_free);
  BN_set_bit(number.get(), bits);
  BN_sub_word(number.get(), 1);
  return number;
}

bool answer(const Number& number) {
  const Scratch scratch(BN_CTX_new(), BN_CTX_free);
  return is_prime(number.get(), *make_system_host(), scratch.get());
}

TEST(Primality, OfMersenneNumbers) {
  for (const int bits : {521, 607, 1279, 2203}) EXPECT_TRUE(answer(mersenne(bits))) << bits;
  for (const int bits : {523, 541, 547, 557, 563, 1009, 1277, 1283, 2207}) EXPECT_FALSE(answer(mersenne(bits))) << bits;
}

TEST(Primality, ProductsOfPrimesAreNone) {
  const Scratch scratch(BN_CTX_new(), BN_CTX_free);
  const Number product(BN_new(), BN_free);
  for (const auto& [a, b] : {std::pair{521, 607}, {607, 607}, {521, 1279}}) {
    BN_mul(product.get(), mersenne(a).get(), mersenne(b).get(), scratch.get());
    EXPECT_FALSE(answer(product)) << a << " " << b;
  }
}

/// As OpenSSL judges numbers around one that has primes near it.
TEST(Primality, AgreesWithOpenSsl) {
  const Scratch scratch(BN_CTX_new(), BN_CTX_free);
  const Number number = mersenne(300);
  int primes = 0;
  for (int i = 0; i < 1000; ++i) {
    const bool prime = answer(number);
    ASSERT_EQ(prime, BN_check_prime(number.get(), scratch.get(), nullptr) == 1) << i;
    primes += prime ? 1 : 0;
    BN_sub_word(number.get(), 2);
  }
  EXPECT_GT(primes, 3);
}

/// Some of the batch pass though they are composite, as all numbers of Mersenne do; none fails though it is prime.
TEST(Fermat, PassesPrimesAndFewOthers) {
  for (const int bits : {521, 607, 1279, 2203, 523, 1009, 1277, 2207}) {
    const Scratch scratch(BN_CTX_new(), BN_CTX_free);
    EXPECT_TRUE(passes_fermat(mersenne(bits).get(), scratch.get())) << bits;
    const Number square(BN_new(), BN_free);
    BN_sqr(square.get(), mersenne(bits).get(), scratch.get());
    EXPECT_FALSE(passes_fermat(square.get(), scratch.get())) << bits;
  }
}

/// Batches in which primes, numbers of Mersenne and others meet, of the same size and of others.
TEST(Fermat, AnswersForBatchesAsForOne) {
  const Scratch scratch(BN_CTX_new(), BN_CTX_free);
  for (const int bits : {64, 100, 512, 521, 1024, 1039, 2048, 2203, 4096}) {
    int passing = 0;
    for (int round = 0; round < 12; ++round) {
      std::vector<Number> kept;
      std::vector<const BIGNUM*> batch;
      const std::size_t size = round < 8 ? fermat_lanes() : 1 + static_cast<std::size_t>(round) % fermat_lanes();
      while (batch.size() < size) {
        kept.emplace_back(BN_new(), BN_free);
        BN_rand(kept.back().get(), round % 2 == 0 ? bits : 64 + (bits - 64) / 2, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD);
        if (batch.size() == static_cast<std::size_t>(round)) kept.back() = mersenne(bits == 2048 ? 1279 : 61);
        if (batch.size() == 1 && bits <= 521) {
          BN_generate_prime_ex(kept.back().get(), bits, 0, nullptr, nullptr, nullptr);
        }
        batch.push_back(kept.back().get());
      }
      const auto answers = pass_fermat(batch, scratch.get());
      for (std::size_t i = 0; i < batch.size(); ++i) {
        ASSERT_EQ(answers[i], passes_fermat(batch[i], scratch.get())) << bits << " " << round << " " << i;
        passing += answers[i] ? 1 : 0;
      }
    }
    EXPECT_GT(passing, 0) << bits;
  }
}

TEST(Primality, CandidatesAreWhatNoSmallPrimeDivides) {
  for (const auto& [bits, end] : {std::pair{521, 1U << 14}, {1279, 1U << 16}}) {
    std::vector<unsigned> primes;
    for (unsigned n = 3; n < end; n += 2) {
      const auto divides = [n](unsigned prime) { return n % prime == 0; };
      if (std::none_of(primes.begin(), primes.end(), divides)) primes.push_back(n);
    }
    const Number start = mersenne(bits);
    Candidates candidates(start.get());
    const Number candidate(BN_new(), BN_free);
    bool more = candidates.next(candidate.get());
    const Number number(BN_dup(start.get()), BN_free);
    int found = 0;
    for (int i = 0; i < bits * 4; ++i, BN_add_word(number.get(), 2)) {
      const bool divisible = std::any_of(primes.begin(), primes.end(),
                                         [&](unsigned prime) { return BN_mod_word(number.get(), prime) == 0; });
      const bool is_next = more && BN_cmp(number.get(), candidate.get()) == 0;
      ASSERT_EQ(is_next, !divisible) << bits << " " << i;
      if (!is_next) continue;
      ++found;
      more = candidates.next(candidate.get());
    }
    EXPECT_FALSE(more);
    EXPECT_GT(found, 100);
  }
}

TEST(Primality, Rounds) {
  EXPECT_EQ(primality_rounds(2048), 3);
  EXPECT_EQ(primality_rounds(1024), 6);
  EXPECT_EQ(primality_rounds(512), 13);
  EXPECT_EQ(primality_rounds(256), 67);
}

/// Finds 1, 2, 3 ... Those that 5 does not divide fail in a round that they alone know.
class CountingWorker final : public PairSearch::Worker {
 public:
  struct Shared {
    std::atomic<BN_ULONG> found = 0;
    std::array<std::atomic<int>, 1000> rounds{};
  };

  explicit CountingWorker(Shared& shared) : shared_(shared) {}

  funcs::Number find() override {
    const BN_ULONG number = ++shared_.found;
    if (number % 3 == 0) return nullptr;
    funcs::Number made = new_number();
    BN_set_word(made.get(), number);
    return made;
  }
  bool passes(const BIGNUM* number, int rounds) override {
    const BN_ULONG word = BN_get_word(number);
    const int done = shared_.rounds.at(word) += rounds;
    std::this_thread::yield();
    return word % 5 == 0 || done < static_cast<int>(1 + word % 7);
  }

 private:
  Shared& shared_;
};

/// Primes of full size through each count of blocks that the lanes take a number in, beside composites next to them.
TEST(Fermat, PassesLargePrimesInBatches) {
  const Scratch scratch(BN_CTX_new(), BN_CTX_free);
  for (const auto known : {BN_get_rfc2409_prime_1024, BN_get_rfc3526_prime_1536, BN_get_rfc3526_prime_2048,
                           BN_get_rfc3526_prime_3072, BN_get_rfc3526_prime_4096}) {
    std::vector<Number> kept;
    std::vector<const BIGNUM*> batch;
    for (std::size_t i = 0; i < fermat_lanes(); ++i) {
      kept.emplace_back(known(nullptr), BN_free);
      if (i % 2 == 1) BN_sub_word(kept.back().get(), 2 * i);
      batch.push_back(kept.back().get());
    }
    const auto answers = pass_fermat(batch, scratch.get());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      EXPECT_EQ(answers[i], i % 2 == 0) << BN_num_bits(batch[i]) << " " << i;
    }
  }
}

TEST(PairSearch, GivesOnlyWhatPassesAllRounds) {
  for (int i = 0; i < 100; ++i) {
    CountingWorker::Shared shared;
    PairSearch search(7, 1 + i % 3, [&] { return std::make_unique<CountingWorker>(shared); });
    const auto [first, second] = search.run(1 + static_cast<unsigned>(i) % 4);
    for (const auto& number : {first.get(), second.get()}) {
      EXPECT_EQ(BN_get_word(number) % 5, 0);
      EXPECT_EQ(shared.rounds.at(BN_get_word(number)), 7);
    }
    EXPECT_NE(BN_cmp(first.get(), second.get()), 0);
  }
}

TEST(PairSearch, ThrowsWhatAWorkerThrows) {
  class Failing final : public PairSearch::Worker {
    funcs::Number find() override { throw std::runtime_error("no numbers"); }
    bool passes(const BIGNUM*, int) override { return true; }
  };
  for (const unsigned threads : {1U, 3U}) {
    PairSearch search(1, 1, [] { return std::make_unique<Failing>(); });
    EXPECT_THROW(search.run(threads), std::runtime_error);
  }
}

}  // namespace
}  // namespace rhumb::funcs
