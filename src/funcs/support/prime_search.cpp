#include "funcs/support/prime_search.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

#include "funcs/support/fermat.h"
#include "funcs/support/primality.h"
#include "funcs/support/random_number.h"
#include "rhumb/base/parallel.h"

namespace rhumb::funcs {
namespace {

constexpr unsigned most_threads = 8;
constexpr std::size_t wanted = 2;

/// A number that passed Fermat's test, which all but proves that it is prime.
struct Claim {
  Number number;
  int rounds;       // to be begun
  int running = 0;  // threads that do some
  bool refuted = false;
};

/// One thread's way from a random number up, to the first that passes Fermat's test: another one near it would give the
/// key away.
class Search {
 public:
  Search(int bits, Host& host, BN_CTX* scratch) : bits_(bits), host_(host), scratch_(scratch) {}

  /// Tries the next few.
  Number step() {
    if (!candidates_) draw();
    std::vector<Number> batch;
    std::vector<const BIGNUM*> numbers;
    while (batch.size() < fermat_lanes()) {
      Number number = new_number();
      if (!candidates_->next(number.get())) break;
      numbers.push_back(number.get());
      batch.push_back(std::move(number));
    }
    if (batch.empty()) {
      candidates_.reset();
      return nullptr;
    }
    const auto passing = pass_fermat(numbers, scratch_);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (!passing[i]) continue;
      candidates_.reset();
      // One beyond the end of all numbers of that size is as rare as a key that somebody guesses.
      return BN_num_bits(batch[i].get()) == bits_ ? std::move(batch[i]) : nullptr;
    }
    return nullptr;
  }

 private:
  void draw() {
    start_ = random_odd(host_, bits_);
    candidates_.emplace(start_.get());
  }

  int bits_;
  Host& host_;
  BN_CTX* scratch_;
  Number start_;
  std::optional<Candidates> candidates_;
};

/// Several threads look for numbers and share the rounds that make sure of them.
class PrimeSearch {
 public:
  PrimeSearch(int bits, Host& host) : bits_(bits), host_(host) {}

  std::pair<Number, Number> run() {
    const unsigned threads = std::min(processors(), most_threads);
    parallel_for(threads, threads, [this](std::size_t) { work(); });
    return {std::move(claims_[0]->number), std::move(claims_[1]->number)};
  }

 private:
  /// Until there is nothing to do that others do not do already; the last of them sees to it that it succeeds.
  void work() {
    const Scratch scratch(BN_CTX_secure_new());
    ensure(scratch != nullptr);
    Search search(bits_, host_, scratch.get());
    std::unique_lock lock(mutex_);
    while (true) {
      if (Claim* const claim = unsettled()) {
        check(*claim, lock, scratch.get());
      } else if (claims_.size() < wanted) {
        lock.unlock();
        Number number = search.step();
        lock.lock();
        if (number != nullptr && claims_.size() < wanted) {
          claims_.push_back(std::make_unique<Claim>(Claim{std::move(number), primality_rounds(bits_)}));
        }
      } else {
        return;
      }
    }
  }

  Claim* unsettled() const {
    for (const auto& claim : claims_) {
      if (claim->rounds > 0 && !claim->refuted) return claim.get();
    }
    return nullptr;
  }

  void check(Claim& claim, std::unique_lock<std::mutex>& lock, BN_CTX* scratch) {
    const int rounds = std::min(claim.rounds, rounds_at_once(bits_));
    claim.rounds -= rounds;
    ++claim.running;
    lock.unlock();
    const bool passed = passes_rounds(claim.number.get(), rounds, scratch);
    lock.lock();
    --claim.running;
    claim.refuted |= !passed;
    if (claim.refuted && claim.running == 0) {
      std::erase_if(claims_, [&](const auto& each) { return each.get() == &claim; });
    }
  }

  int bits_;
  Host& host_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Claim>> claims_;
};

}  // namespace

std::pair<Number, Number> random_primes(int bits, Host& host) { return PrimeSearch(bits, host).run(); }

}  // namespace rhumb::funcs
