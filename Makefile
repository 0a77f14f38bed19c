# Everything a person or a build machine does with a checkout. Each target sets up what it needs first; a second time
# that costs nothing.

PYTHON ?= python3

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.DEFAULT_GOAL := run
.PHONY: run demo prepare prepare-dev test lint format bench bench-blocks bench-engine bench-downloads bench-find bench-first-words bench-grounding bench-index bench-popup bench-quality bench-scale calibrate everything tune-retrieval soak soak-window bench-idle freeze opencv dist dist-smoke try-installer compare kernels bench-kernels pictures translations samples protocol constraints clean

run: ## Open the window; without a display, run the demo in the terminal
	@$(PYTHON) packaging/prepare.py --and-run

prepare: ## Set up what running needs
	@$(PYTHON) packaging/prepare.py

prepare-dev: ## Set up what testing needs
	@$(PYTHON) packaging/prepare.py --dev

demo: prepare ## Index the samples, ask a question in each language, check the page that is cited
	@$(BIN)/python packaging/demo.py

test: prepare-dev
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGUMENTS)

lint: prepare-dev
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m mypy
	@$(BIN)/python -m mypy packaging/*.py packaging/*/*.py benchmarks/*.py
	@$(BIN)/lint-imports

format: prepare-dev
	@$(BIN)/python -m ruff check --fix .
	@$(BIN)/python -m ruff format .

DATA ?=
bench: prepare-dev ## Start-up, memory and stopping; with DATA=FOLDER also retrieval over the real reports in it, and OCR of them
	@$(BIN)/python benchmarks/startup.py
	@$(BIN)/python benchmarks/stopping.py
	@$(if $(DATA),$(BIN)/python benchmarks/quarterly.py $(DATA))
	@$(if $(DATA),$(BIN)/python benchmarks/scans.py $(DATA))

everything: prepare-dev ## A file of every format, scans, a locked PDF and twenty broken files: each is read or says why
	@$(BIN)/python benchmarks/everything.py

bench-popup: prepare-dev ## From the shortcut to the painted popup, beside a bare widget: real keys under Xvfb with openbox
	@$(BIN)/python benchmarks/popup.py $(ARGUMENTS)

PDFS ?=
bench-index: prepare-dev ## Indexing speed, memory and hit rate beside a stock pipeline, over the PDFs in PDFS=FOLDER
	@$(BIN)/python benchmarks/index_speed.py $(PDFS) $(ARGUMENTS)

bench-engine: prepare-dev ## The engine on models with the shape of a Phi: speed, first word, memory, stopping (ARGUMENTS=--quick, --rivals, --shapes …)
	@$(BIN)/python benchmarks/engine_speed.py $(ARGUMENTS)

bench-scale: prepare-dev ## A library that grows to 100,000 passages of the words in PDFS=FOLDER: cost, memory, searches
	@$(BIN)/python benchmarks/scale.py $(PDFS) $(ARGUMENTS)

bench-grounding: prepare-dev ## Planted errors that grounding finds, true sentences that it leaves, over the texts in DATA=FOLDER
	@$(BIN)/python benchmarks/grounding.py $(DATA) $(ARGUMENTS)

bench-blocks: prepare-dev ## What an answer loses where passages are read apart and moved, over XQuAD in DATA=FOLDER, paired
	@$(BIN)/python benchmarks/blocks.py $(DATA) $(ARGUMENTS)

bench-first-words: prepare-dev ## How long a person waits for the first word: at once, typed before, a follow-up (ARGUMENTS="--model FILE")
	@$(BIN)/python benchmarks/first_words.py $(ARGUMENTS)

bench-find: prepare-dev ## Facts planted in 200 documents of the texts in DATA=FOLDER: which Find all finds, and what it finds falsely
	@$(BIN)/python benchmarks/find_all.py $(DATA) $(ARGUMENTS)

bench-quality: prepare-dev ## Retrieval, refusal, answers, grounding, find all, summaries over DATA=FOLDER, beside each side alone and a stock pipeline
	@$(BIN)/python benchmarks/quality.py $(DATA) $(ARGUMENTS)

bench-downloads: prepare-dev ## A download over loopback in one range and in four, free and throttled
	@$(BIN)/python benchmarks/downloads.py $(ARGUMENTS)

calibrate: prepare-dev ## Weigh anew, over the texts in DATA=FOLDER, how far passages hold an answer; recorded in assets/trust.json
	@$(BIN)/python benchmarks/calibrate.py $(DATA) --write

tune-retrieval: prepare-dev ## Learn the second look's weights again over XQuAD in DATA=FOLDER, and show what they give
	@$(BIN)/python benchmarks/tune_retrieval.py $(DATA)

soak: prepare-dev ## Kills at random instants, then a library as if none had been; ten minutes of fuzzing (SOAK_KILLS=, FUZZ_SECONDS=)
	@$(BIN)/python benchmarks/soak.py
	@$(BIN)/python benchmarks/fuzz.py

soak-window: prepare-dev ## An hour of a person at the window over the PDFs in PDFS=FOLDER: its memory, its longest turn (ARGUMENTS="--minutes 60 --questions 200")
	@$(BIN)/python benchmarks/window_soak.py $(PDFS) $(ARGUMENTS)

bench-idle: prepare-dev ## Processor time and wake-ups of an open window in which nothing happens
	@$(BIN)/python benchmarks/window_idle.py $(ARGUMENTS)

freeze: prepare-dev ## A folder that runs without Python, tried out after it is built, and its size by package
	@$(BIN)/python packaging/freeze.py
	@$(BIN)/python packaging/freeze_check.py build/frozen/phial
	@$(BIN)/python packaging/sizes.py build/frozen/phial

opencv: prepare-dev ## Compile the part of OpenCV that OCR needs, for a release (ten minutes); make freeze takes it then
	@$(BIN)/python packaging/build_opencv.py

dist: prepare-dev ## What a person downloads, into dist: the .deb and the archive (ARGUMENTS="--with-model FILE")
	@$(BIN)/python packaging/dist.py $(ARGUMENTS)

dist-smoke: prepare-dev ## Install what is in dist for real, try it where there is no Python, network or home, remove it (as root)
	@$(BIN)/python packaging/dist_smoke.py $(ARGUMENTS)

try-installer: prepare-dev ## The installer for Windows, compiled here and tried under Wine: from the first installation to the last file
	@$(BIN)/python packaging/windows/try_installer.py

compare: prepare-dev ## Freeze a second time from the same commit, and list what differs from the first
	@$(BIN)/python packaging/compare.py $(ARGUMENTS)

kernels: prepare-dev ## Compile llama.cpp's kernels for several kinds of processor, for a release (about a minute each)
	@$(BIN)/python packaging/build_kernels.py $(ARGUMENTS)

bench-kernels: prepare-dev ## The kernels of build/kernels side by side on one model: reading a prompt, writing
	@$(BIN)/python benchmarks/kernels.py $(ARGUMENTS)

pictures: prepare-dev ## Take docs/pictures from the real window, every screen in every way (ARGUMENTS="--only main --language en")
	@$(BIN)/python packaging/pictures.py $(ARGUMENTS)

translations: prepare-dev ## Bring the window's translations up to date with its source
	@$(BIN)/python packaging/translations.py

samples: prepare-dev ## Make the sample documents anew
	@$(BIN)/python packaging/make_samples.py

protocol: prepare-dev ## Bring the tables of docs/protocol.md up to date with rag/protocol.py
	@$(BIN)/python packaging/protocol_page.py

constraints: prepare-dev ## Pin the versions that are installed now
	@$(BIN)/python packaging/constraints.py

clean: ## Remove what was built; the virtual environment stays
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov .coverage*
