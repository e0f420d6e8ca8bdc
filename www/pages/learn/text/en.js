// The English text of learn.html. A translation is another file like this one: it has the same names, and markup in the same places.
// `{name}` stands for a number of a figure (`factsOf` in figures/); the build and the page put it in, so no number stands here.

/** @import { Text } from './types.js' */

const SOURCES = {
  lapicque:
    'L. Lapicque, “Recherches quantitatives sur l’excitation électrique des nerfs traitée comme une polarisation”, Journal de Physiologie et de Pathologie Générale 9, 1907.',
  dynamics:
    'W. Gerstner, W. M. Kistler, R. Naud, L. Paninski, <cite>Neuronal Dynamics</cite>, Cambridge University Press, 2014, chapter 1; free at <a href="https://neuronaldynamics.epfl.ch">neuronaldynamics.epfl.ch</a>.',
  diehl:
    'P. U. Diehl et al., “Fast-classifying, high-accuracy spiking deep networks through weight and threshold balancing”, IJCNN 2015.',
  cook: 'P. U. Diehl, M. Cook, “Unsupervised learning of digit recognition using spike-timing-dependent plasticity”, Frontiers in Computational Neuroscience 9, 2015.',
  rueckauer:
    'B. Rueckauer et al., “Conversion of continuous-valued deep networks to efficient event-driven networks for image classification”, Frontiers in Neuroscience 11, 2017.',
  mnist:
    'Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, “Gradient-based learning applied to document recognition”, Proceedings of the IEEE 86, 1998. The digits are the MNIST database.',
  adrian:
    'E. D. Adrian, Y. Zotterman, “The impulses produced by sensory nerve-endings, part II”, Journal of Physiology 61, 1926.',
  abbott: 'P. Dayan, L. F. Abbott, <cite>Theoretical Neuroscience</cite>, MIT Press, 2001, section 1.4.',
  hubel:
    'D. H. Hubel, T. N. Wiesel, “Receptive fields, binocular interaction and functional architecture in the cat’s visual cortex”, Journal of Physiology 160, 1962.',
  question:
    'The question: “A simple ANN-SNN conversion attemp”, <a href="https://forum.nengo.ai/t/a-simple-ann-snn-conversion-attemp/1780">Nengo’s forum</a>.',
  horowitz: 'M. Horowitz, “Computing’s energy problem (and what we can do about it)”, ISSCC 2014.',
  thorpe: 'S. Thorpe, D. Fize, C. Marlot, “Speed of processing in the human visual system”, Nature 381, 1996.',
};

/** @type {Text} */
export const TEXT = {
  language: 'en',

  labels: {
    do: 'Try it',
    notice: 'Notice',
    keep: 'Remember',
    mathematics: 'The mathematics',
    code: 'The code',
    prints: 'Each of them prints',
    sources: 'Sources',
    embed: 'Use this figure in your page',
    embedFrame: 'This figure, in a frame',
    embedTag: 'The network with your digit, as a tag',
    copy: 'Copy',
    copied: 'Copied',
    reveal: 'Show the answer',
    guess: 'That is my guess',
    yours: 'Your guess',
    chapter: 'Chapter',
    next: 'Next',
    address: 'Link to this chapter',
    guessFirst: 'The figure shows the answer: guess first.',
  },

  chapters: [
    {
      id: 'see',
      title: 'What the network sees',
      short: 'See',
      opening: [
        'Draw a digit, or keep the one that is there. It goes with you through the chapters.',
        'The network never sees your line. It sees a picture of 28&nbsp;×&nbsp;28 squares, and one number for each of these 784 squares: how much ink is in it, from 0 for white paper to 255 for full ink. Your digit has ink in {inkPixels} of them.',
      ],
      question:
        'Somebody writes a small digit into a corner of the pad. The network learned from digits that fill the middle. Can it read this one?',
      guess: {
        kind: 'choice',
        options: [
          {
            text: 'Yes. A digit is the same digit everywhere.',
            reply:
              'That is how it is for you. For the network, a square in the corner and a square in the middle have nothing to do with each other.',
          },
          { text: 'No, not where it is.', reply: 'Right. That is why the pad moves it first.' },
          {
            text: 'Only now and then, by luck.',
            reply: 'Close. What it answers then has little to do with the digit.',
          },
        ],
      },
      answer: [
        'Half as large and in the corner, your digit is read as {cornerAnswer}. Fitted into the middle, it is read as {answer}.',
        'So before the network looks, the pad does three things. It cuts the drawing out. It makes the longer side 20 squares long. And it moves the digit until its centre of mass, the point on which it would balance, lies in the middle. The 60,000 training digits of MNIST, which people wrote by hand, were prepared in the same way.',
      ],
      do: 'Clear the pad, and draw a tiny digit in a corner.',
      notice:
        'In the picture on the left, your digit is back in the middle. In the one beside it, it stays where it is, and is often read wrongly.',
      keep: 'A network reads well what looks like the things from which it learned.',
      mathematics: `<p>The centre of mass of a picture with the ink <var>m</var> in the column <var>x</var> is the mean of all <var>x</var>, each weighted with its ink:</p>
<p class="formula"><var>x̄</var> = Σ <var>x</var> <var>m<sub>x</sub></var> ∕ Σ <var>m<sub>x</sub></var> = {massX}</p>
<p>Columns are counted from 0 to 27. The same for rows gives {massY}. The digit is moved by whole squares until both are as near to 14 as they can be, so up to half a square is left.</p>`,
      sources: [SOURCES.mnist],
    },

    {
      id: 'spikes',
      title: 'From ink to spikes',
      short: 'Spikes',
      opening: [
        'Nerve cells speak in <strong>spikes</strong>: short electric pulses that all look alike. A spike has no size. It is there, or it is not. How can that say “half grey”?',
        'One way is to say it often. Time passes in steps, and in each step every square tosses a coin of its own. The coin is not fair: with full ink it always says “spike”, with half the ink it says so half of the time, and for white paper never. The number of spikes then stands for the ink. This is called a <strong>rate code</strong>.',
      ],
      question:
        'The framed square has {pixelInk} of 255 parts of ink, so its chance is {p} in each step. How often does it spike in {steps} steps?',
      guess: {
        kind: 'number',
        fact: 'count',
        most: 'steps',
        close: 'Very close.',
        far: 'Not quite: multiply the chance by the number of steps.',
      },
      answer: [
        'It spiked {count} times. The best guess is chance times steps, {p} × {steps} = {expected}. But chance seldom gives exactly that number.',
        'The network read the same digit {repeats} more times, each with other random numbers. The square then spiked {least} to {most} times. About two thirds of all counts lie within {spread} of {expected}.',
      ],
      do: 'Tap other squares of the picture, or use the buttons.',
      notice: 'A square of full ink spikes in every step: nothing is left to chance. Grey squares vary most.',
      keep: 'Ink becomes a chance, and chance becomes a number of spikes.',
      mathematics: `<p>A square with the ink <var>m</var> spikes in each step with the probability <var>p</var> = <var>m</var> ∕ 255 = {p}, independently of all other steps and squares. The number of spikes in <var>n</var> steps follows the binomial distribution:</p>
<p class="formula">mean <var>n p</var> = {expected}, standard deviation √(<var>n p</var> (1 − <var>p</var>)) = {spread}</p>
<p>Where <var>p</var> is small, this is nearly a Poisson process, the usual model of random spikes; therefore the input is called Poisson coded.</p>`,
      sources: [SOURCES.adrian, SOURCES.abbott],
    },

    {
      id: 'neuron',
      title: 'One neuron',
      short: 'Neuron',
      opening: [
        'A neuron is like a bucket with a small hole. Most spikes that arrive pour in some water; some take water out. When the water reaches the mark, the bucket tips over: the neuron sends a spike itself, and starts again empty. Then it may rest for a few steps, in which it takes nothing: its <strong>refractory period</strong>.',
        'The water is the <strong>membrane potential</strong>, the mark is the <strong>threshold</strong>, and the hole is the <strong>leak</strong>. The cell’s skin, its membrane, is not quite tight: charge flows out through it, and the potential sinks back to rest. The leak is useful, too. It forgets. A few stray spikes now and then are gone before they add up.',
      ],
      question: 'One push adds {push}, and the neuron fires at 1. You push three times. Does it fire?',
      guess: {
        kind: 'choice',
        options: [
          {
            text: `Always: three times {push} is more than 1.`,
            reply: 'Without the hole it would. With it, part of the first push is gone when the third one comes.',
          },
          {
            text: 'Only if I push quickly.',
            reply: 'Right: a slow push comes when the earlier ones have leaked away.',
          },
          { text: 'Only if I push slowly.', reply: 'It is the other way round: while you wait, it leaks.' },
        ],
      },
      answer: [
        'The picture that the figure starts with shows both: three quick pushes, which make it fire, and then three slow ones, which do not.',
        'Now push steadily, by the same amount in every step. Below {leastPush} in a step, the hole is faster than you, and the neuron never fires. Above it, the harder you push, the more often it fires. With {steady} it fires every {between} steps. Drawn for all pushes, that is its <strong>f–I curve</strong>: frequency against current. The line is the formula, the dots are spikes that were counted.',
      ],
      do: 'Press Push three times, quickly and then slowly. Then move the slider of the steady push.',
      notice: 'Below a certain push, nothing ever happens. Above it, more push means more spikes.',
      keep: 'A neuron fires when enough arrives in a short time.',
      mathematics: `<p>In each step the potential <var>v</var> loses a share, and gains the push <var>I</var>. If it then reaches the threshold <var>θ</var> = 1, the neuron fires and is reset:</p>
<p class="formula"><var>v</var> ← <var>d v</var> + <var>I</var>, with <var>d</var> = e<sup>−1∕<var>τ</var></sup> = {decay} for <var>τ</var> = {tau} steps</p>
<p>Under a steady push, <var>v</var> = <var>I</var> (1 − <var>d<sup>n</sup></var>) ∕ (1 − <var>d</var>) after <var>n</var> steps. It reaches the threshold only if <var>I</var> &gt; <var>θ</var> (1 − <var>d</var>) = {leastPush}. With a refractory period of {refractory} steps, one spike follows the other after</p>
<p class="formula">⌈ln(1 − <var>θ</var> (1 − <var>d</var>) ∕ <var>I</var>) ∕ ln <var>d</var>⌉ + {refractory} = {between} steps, which makes {fired} spikes in 1,000 steps</p>
<p>This is the leaky integrate-and-fire neuron (LIF). The network of this page leaks more slowly (<var>τ</var> = 100 steps) and does not start again at 0: a spike takes 1 off the potential, and the rest is kept.</p>`,
      sources: [SOURCES.lapicque, SOURCES.dynamics],
    },

    {
      id: 'looks',
      title: 'What a hidden neuron looks for',
      short: 'Hidden',
      opening: [
        'Between the picture and the answer there are {neurons} neurons that we call hidden, because they are neither input nor answer. Each of them listens to all 784 squares. Each connection has a <strong>weight</strong>: how much one spike from this square pushes the neuron, up or down.',
        'Put the 784 weights where their squares are, and you see what the neuron looks for: ink on red pushes it up, ink on blue pushes it down. In brains, this is called the <strong>receptive field</strong> of a cell. Nobody drew these pictures. They came about while the network learned to tell tens of thousands of handwritten digits apart.',
      ],
      question: 'Here are six of the {neurons}, with the outline of your digit. Which one fires most?',
      guess: {
        kind: 'pick',
        count: 6,
        fact: 'favourite',
        right: 'You see what it sees.',
        other: 'Look where the outline lies on red, and where on blue.',
      },
      answer: [
        'Number {favourite} fires most: {favouriteSpikes} spikes in {steps} steps. In an average step, your ink pushes it up by {driveUp} and down by {driveDown}. About {drive} is left to drive it. The unit is the threshold: a push of 1 is enough for one spike.',
        'Of all {neurons} hidden neurons, {silent} stay silent for your digit, and {active} fire. Another digit wakes up others.',
      ],
      do: 'Choose another digit in the bar at the top of the window. Take the outline away to see the weights alone.',
      notice: 'Few fields look like a digit. Most look for a piece: a stroke here, and no ink there.',
      keep: 'A hidden neuron adds up what speaks for and against one piece of a shape.',
      mathematics: `<p>In each step, a hidden neuron <var>j</var> gains the weights of all squares <var>i</var> that spike, times a gain <var>g</var> that fits weights to the threshold. With the ink <var>x<sub>i</sub></var> from 0 to 1, that is on average</p>
<p class="formula"><var>I<sub>j</sub></var> = <var>g</var> Σ <var>w<sub>ij</sub></var> <var>x<sub>i</sub></var> = {driveUp} − {driveDown} = {drive} thresholds per step, before rounding</p>
<p>Without a leak, the neuron would fire once for each threshold that arrives, but at most once in a step: about {driven} times in {steps} steps. It fired {favouriteSpikes} times. Where the two differ, leak and chance make the difference.</p>`,
      sources: [SOURCES.hubel, SOURCES.diehl],
    },

    {
      id: 'vote',
      title: 'The vote',
      short: 'Vote',
      opening: [
        'The spikes of the hidden neurons travel on to ten more neurons, the outputs, one for each digit. Again each connection has a weight: a hidden neuron pushes some digits up and others down.',
        'Each spike of an output is a vote for its digit. After the last step the votes are counted, and the digit with the most votes is the answer. Your digit gets {winnerVotes} votes for {winner}.',
      ],
      question: 'Which digit comes second?',
      guess: {
        kind: 'digit',
        fact: 'second',
        right: 'You know how digits look alike.',
        other: 'Look at which strokes your digit shares with each of the others.',
      },
      answer: [
        '{second} comes second, with {secondVotes} votes. {quiet} outputs get no vote at all: more speaks against them than for them, so they never reach their threshold.',
        'The {hiddenSpikes} spikes of the hidden layer have become {outputSpikes} votes. An ordinary network with the same weights, which sends numbers in place of spikes, answers {annAnswer}.',
      ],
      do: 'Play the figure slowly. Point at a hidden neuron, or tap it: the lines show which digits it pushes up and down.',
      notice: 'At the beginning, wrong digits get votes, too. Soon one digit is ahead for good.',
      keep: 'No neuron decides alone: {neurons} hidden neurons push ten outputs, and the votes are counted.',
      mathematics: `<p>Output <var>k</var> spikes or does not in step <var>t</var>: <var>s<sub>k</sub></var>(<var>t</var>) is 1 or 0. The answer is the digit with the greatest sum:</p>
<p class="formula">answer = arg max<sub><var>k</var></sub> Σ<sub><var>t</var></sub> <var>s<sub>k</sub></var>(<var>t</var>)</p>
<p>Between equal sums, the higher membrane potential decides.</p>`,
      sources: [SOURCES.diehl],
    },

    {
      id: 'steps',
      title: 'How many steps are enough?',
      short: 'Steps',
      opening: [
        'The digit is shown for {steps} steps. Why so many? In 2015, Diehl and Cook showed each digit to their spiking network for 350 milliseconds. Somebody who moved a network into Nengo, and asked why it then read so badly, took 350 steps of a millisecond, too. This project grew from that question, and so this page has 350 steps as well. That is a third of a second, about as long as a blink.',
        'More steps mean more coin tosses, so good and bad luck even out. But they also take time and energy.',
      ],
      question: 'From which step on does the answer to your digit stay the same?',
      guess: {
        kind: 'number',
        fact: 'settled',
        most: 'steps',
        close: 'Very close.',
        far: 'The curve shows how quickly it goes.',
      },
      answer: [
        'From step {settled} on. And it could have known that it was done: it may stop as soon as the first digit is two and a half spikes ahead of the second. {stopping} (Half a spike: what a neuron has gathered on the way to its next spike counts, too.)',
        'On 10,000 test digits that it had never seen, the network is right for {after1} after one step, {after2} after two, {after5} after five and {after20} after twenty. From there to step {steps} it gains only {gain} points.',
      ],
      do: 'Draw a digit that is hard to read, half 4 and half 9, and look how long the answer goes back and forth.',
      notice: 'The share of test digits that are right jumps up between 1 and 5 steps. After 20 it hardly changes.',
      keep: 'Waiting evens out luck, and soon there is little left to win.',
      mathematics: `<p>In <var>n</var> steps, the share of steps in which a square of probability <var>p</var> spikes has the standard deviation</p>
<p class="formula">√(<var>p</var> (1 − <var>p</var>) ∕ <var>n</var>)</p>
<p>Four times the steps halve it. For <var>p</var> = ½ it is {chance1} after one step, {chance5} after five, {chance20} after twenty and {chance350} after 350. The hidden neurons add up {inkPixels} squares with ink, so much of the chance cancels out.</p>
<p>People are quick, too: 150 milliseconds after a picture appears, the brain shows whether it has an animal in it.</p>`,
      sources: [SOURCES.cook, SOURCES.thorpe],
    },

    {
      id: 'convert',
      title: 'From a trained network to spikes, and how it fails',
      short: 'Convert',
      opening: [
        'This network did not learn with spikes. It learned as an ordinary network, whose neurons send numbers: 0 if the sum of what they get is negative, otherwise the sum. A spiking neuron can stand in for such a neuron, because the harder it is pushed, the more often it fires.',
        'But it cannot fire fewer than 0 times, nor more than once in a step. So the strength of the pushes, the <strong>drive</strong>, has to suit the threshold.',
      ],
      question:
        'Two people run the same trained weights as spikes on the same pictures. One gets 97 of 100 right, the other 45. What is different?',
      guess: {
        kind: 'choice',
        options: [
          {
            text: 'The weights were damaged on the way.',
            reply: 'A good suspicion, and the first one to check. They were the same, to the last digit.',
          },
          { text: 'The pushes do not suit the threshold.', reply: 'That is it, for the greater part.' },
          {
            text: 'One had bad luck with the random numbers.',
            reply: 'Chance moves the result by a point or so, not by fifty.',
          },
        ],
      },
      answer: [
        'The figure has the network of that question, in the program snnTorch, on {labImages} test digits. The slider multiplies its pushes. With pushes {weakFactor} as strong, the outputs stay <strong>silent</strong> for {weakSilent} of the {labImages}; this program then answers 0, which is right for {weakRight}. With {bestFactor}, the network is <strong>balanced</strong>: {bestRight}, as without spikes ({labAnn}). With {strongFactor} times the push it is <strong>saturated</strong>: neurons fire as fast as they can, whether they are pushed a little or a lot. For {strongTies} digits the best outputs have equal votes, and {strongRight} are right.',
        'The 0.45 came from saturation, in another program, Nengo. In the posted code, spikes were thousands of times too strong. And the answer was taken from the output that fired <em>first</em>, not from the one that fired <em>most</em>. On the same digits, the code as posted reads {labPosted}, and with four changes {labMended}: smaller spikes of the input and of the hidden neurons, no constant push, and all spikes counted. The weights stay the same. (They were trained again for this project, so the posted code gets {labPosted} here, and not 45 of 100.)',
      ],
      do: 'Move the slider from too weak to too strong. Then run the programs yourself, with the button: your own digit votes, too.',
      notice: 'On the left all votes are 0. On the right several digits have the same, full number of votes.',
      keep: 'The same weights read well or badly: what counts is the push, measured in thresholds.',
      mathematics: `<p>A spiking neuron follows the ordinary one as long as its rate, in spikes per step, lies between 0 and 1:</p>
<p class="formula">rate ≈ min(1, max(0, <var>I</var> ∕ <var>θ</var>))</p>
<p>With a push of 0.005 in each step, a neuron with <var>τ</var> = 100 fires {firesWeak} times in 350 steps. With 0.5, beginning again at 0, it fires {firesRight} times, in every third step: two pushes less the leak just miss the threshold. With 50 it fires {firesStrong} times: 100 times the push, but about three times the spikes. A conversion therefore divides the weights of each layer by the largest number that its neurons send for training pictures, their largest <em>activation</em>.</p>`,
      sources: [SOURCES.question, SOURCES.diehl, SOURCES.rueckauer],
    },

    {
      id: 'cost',
      title: 'What it costs',
      short: 'Cost',
      opening: [
        'A spike is all or nothing, so a neuron that gets one only has to <em>add</em> a weight. An ordinary network has to <em>multiply</em> each number by a weight, and then add. On a chip, a multiplication costs more energy than an addition: 4.6 picojoules with its addition, against 0.9, by an estimate for 32-bit numbers from 2014.',
        'Therefore one often reads that spiking networks save energy.',
      ],
      question:
        'With spikes, your digit takes {steps} steps of additions. Compared with the ordinary network, which reads the picture once, the spiking network needs …',
      guess: {
        kind: 'choice',
        options: [
          {
            text: 'less energy.',
            reply: 'That is often said, and it can be true. But additions are cheap only as long as there are few.',
          },
          { text: 'about as much.', reply: 'It could have been. Count the additions, and it is not.' },
          { text: 'more energy.', reply: 'With all these steps it usually does.' },
        ],
      },
      answer: [
        '{costs}. {additions} additions cost {spent} nanojoules by this estimate; the {multiplications} multiplications of the ordinary network cost {annSpent}. The spikes cost {times} times as much. {dearer}',
        '{cheap}',
        'Be careful with these numbers: they count only the arithmetic with weights, and not the leak. Fetching a weight from memory can cost far more than adding it, and this says nothing about any particular chip.',
      ],
      do: 'Play the figure, and watch where the line of the spikes crosses that of the ordinary network.',
      notice: 'The line is straight: each step costs about the same, whether it still changes the answer or not.',
      keep: 'Spikes save energy only where they are few.',
      mathematics: `<p>Each spike adds one weight for every neuron of the next layer. {inputSpikes} input spikes and {hiddenSpikes} hidden spikes make</p>
<p class="formula">{inputSpikes} × 128 + {hiddenSpikes} × 10 = {additions} additions, × 0.9 pJ = {spent} nJ</p>
<p>The ordinary network multiplies once by each weight:</p>
<p class="formula">784 × 128 + 128 × 10 = {multiplications} multiplications, × 4.6 pJ = {annSpent} nJ</p>`,
      sources: [SOURCES.horowitz],
    },

    {
      id: 'break',
      title: 'Break it',
      short: 'Break',
      opening: [
        'Nerve cells die, chips have faults, and small memories keep only few digits of a number. So ask of any network: what happens when a part of it breaks?',
        'Here you can break this one in four ways. You can silence hidden neurons. You can add noise to all weights. You can round the weights, down to a single bit: only plus or minus. And you can let spikes get lost on their way. Next to it, the same network without spikes is broken in the same way. Both read the same {digits} digits. They learned from these, so while they are whole they read nearly all of them.',
      ],
      question:
        '30 of every 100 hidden neurons fall silent for good. How many of the {digits} digits does the spiking network still read? Whole, it reads {readWhole}.',
      guess: {
        kind: 'number',
        fact: 'readThirdSilent',
        most: 'digits',
        close: 'Very close.',
        far: 'What the network knows is spread over all its neurons, so losing some of them costs little at first.',
      },
      answer: [
        'It still reads {readThirdSilent}, and the network without spikes {annThirdSilent}. With 70 of every 100 silenced, they read {readSilent} and {annSilent}, and with noise as large as the weights themselves {readNoise} and {annNoise}.',
        'Rounded to 4 bits, the weights still read {readBits4}, to 2 bits {readBits2}, and to one bit {readBits1}; without spikes {annBits4}, {annBits2} and {annBits1}.',
        'If half of all messages get lost, the spiking network reads {readDropped}, and the other one {annDropped}. If nine of ten get lost, it is {readMostDropped} against {annMostDropped}. A spike is one of many, and the others carry on; an ordinary network sends each number once, and if it is lost, it is gone.',
      ],
      do: 'Move one slider until the network reads only half of the digits. Then mend it, and try another one.',
      notice:
        'Silenced neurons and coarse weights hurt both networks alike; lost messages hurt the one with spikes far less.',
      keep: 'What is said many times survives losses better than what is said once.',
      mathematics: `<p>A neuron that adds up <var>n</var> spikes, of which each arrives with the probability <var>q</var>, gets <var>q n</var> on average, with the standard deviation √(<var>n q</var> (1 − <var>q</var>)). Divided by the mean, that is √((1 − <var>q</var>) ∕ (<var>q n</var>)): small where <var>n</var> is large. On average all sums shrink by the same factor <var>q</var>, so their order mostly stays.</p>
<p>Weights of <var>b</var> bits are multiples of one step, from −(2<sup><var>b</var>−1</sup> − 1) to 2<sup><var>b</var>−1</sup> − 1. Of the steps that are tried, each neuron gets the one with the smallest squared error. With one bit, a weight is plus or minus the mean size of the neuron’s weights.</p>`,
      sources: [
        'M. Rastegari et al., “XNOR-Net: ImageNet classification using binary convolutional neural networks”, ECCV 2016, equation 6: weights of one bit.',
      ],
    },

    {
      id: 'own',
      title: 'Your own',
      short: 'Yours',
      opening: [
        'You have followed one digit from ink to answer. Below is all of it in one figure: the pad, the network, the votes. Everything here is computed in your browser, and nothing that you draw leaves it.',
      ],
      question: 'What would you try next?',
      guess: {
        kind: 'choice',
        decide: 'Tell me how',
        options: [
          {
            text: 'Fool it.',
            reply:
              'Draw a smiley, a letter, or a digit that is only just one. When it is unsure, it says so; now and then it is sure, and wrong.',
          },
          {
            text: 'Give it a network of my own.',
            reply: 'On <a href="./">the pad</a>, under “Network”, open a file of Keras, PyTorch, ONNX, NIR or others.',
          },
          {
            text: 'See how other programs do it.',
            reply:
              '<a href="laboratory.html">The laboratory</a> runs one network in the way of nine programs for spiking networks, side by side.',
          },
        ],
      },
      answer: [
        '<a href="./">The pad</a> has everything that a page like this can show: every spike, every neuron, all settings, and measurements on 10,000 digits. It also opens networks of your own.',
        'The figure goes into any web page. One line of HTML for the figure and one for its script are enough; the box “Use this figure in your page” has both, with your digit.',
        'On the command line, <code>spikepad classify photo.jpg</code> reads a photograph, and <code>spikepad doctor model.keras</code> says why a network of yours loses accuracy as spikes.',
      ],
      do: 'Draw, play it backwards, and change the seed: the number from which all coin tosses follow.',
      notice: 'The same seed gives the same spikes, in every browser, to the last one.',
      keep: 'Now you can tell somebody else how a network of spikes reads a digit.',
      mathematics: '',
      sources: [],
    },
  ],

  figures: {
    see: {
      fitted: 'Fitted:',
      lying: 'As it lies on the pad:',
      corner: 'Small, in a corner:',
      fittedLabel: 'The picture that the network sees: the digit in the middle, 20 squares high or wide. {says}',
      lyingLabel: 'The drawing as it lies on the pad, in 28 by 28 squares. {says}',
      cornerLabel: 'The same drawing half as large in the lower left corner.',
      says: 'read as {answer}',
      nothing: 'no digit',
    },
    spikes: {
      steps: 'steps',
      train: 'Spikes of the framed square',
      count: 'spikes in {steps} steps',
      repeats: 'How often in {repeats} more presentations',
      own: 'this one: {count}',
      picture: 'The picture, with a frame around the square in column {pixelColumn}, row {pixelRow}',
      trainLabel: 'When the framed square spikes in {steps} steps',
      repeatsLabel:
        'How often each number of spikes came in {repeats} presentations: from {least} to {most}, around {expected}',
      darker: 'A darker square',
      paler: 'A paler square',
    },
    neuron: {
      steps: 'steps',
      potential: 'Membrane potential',
      threshold: 'threshold',
      traceLabel:
        'Membrane potential against time. The neuron fired {fired} times. Short lines at the bottom are pushes.',
      push: 'steady push, thresholds per step',
      rate: 'Spikes in 100 steps',
      ratesLabel:
        'Firing rate against steady push: zero up to a certain push, then rising. A line for the formula, dots for counted spikes.',
      pushButton: 'Push',
      waitButton: 'Wait 10 steps',
      againButton: 'Start again',
      steadyDial: 'Steady push',
      tauDial: 'Leak: time constant, steps',
      refractoryDial: 'Refractory period, steps',
    },
    looks: {
      spikes: 'neuron {neuron}: {spikes} spikes',
      field: 'Field {place}: the weights of hidden neuron {neuron}, with the outline of the digit',
      up: 'ink here pushes it up',
      down: 'ink here pushes it down',
      over: 'your digit',
      lay: 'Lay my digit over the fields',
    },
    vote: {
      hiddenLabel: 'The hidden neurons: the more ink a cell has, the more often its neuron fired',
      digits: 'digit',
      votes: 'Votes',
      votesLabel: 'Votes for each digit: {list}',
    },
    steps: {
      steps: 'steps that are shown',
      accuracy: 'Test digits that are right',
      settled: 'your digit: settled',
      decided: 'your digit: could stop',
      stopping: 'For your digit that was after step {decided}.',
      notStopping: 'Your digit was never as clear as that.',
      label: 'Share of 10,000 test digits that are right, against the number of steps:',
    },
    convert: {
      factor: 'strength of the pushes',
      shares: 'Shares of the test digits',
      curveLabel: 'Shares of {images} test digits that are right, silent or tied, against the strength of the pushes',
      digits: 'digit',
      votes: 'Votes for the sample digit',
      votesOwn: 'Votes for your digit',
      votesLabel: 'Votes: {list}',
      now: 'Pushes times {factorNow}: {rightNow} right, {silentNow} silent, {tiesNow} tied.',
      right: 'right',
      silent: 'silent: no votes at all',
      ties: 'tied: equal votes',
      dial: 'Strength of the pushes',
      run: 'Run the question’s programs here',
      about: 'Loads the laboratory and the test digits, and reads 200 of them three times.',
      running: 'Running: {share} % done',
      ran: 'Here: {labAnn} without spikes, {labPosted} as posted, {labMended} with four changes.',
    },
    cost: {
      steps: 'steps',
      energy: 'Nanojoules so far',
      ann: 'ordinary network: {annSpent}',
      stopped: 'clear at step {cheapSteps}: {cheapSpent}',
      more: 'More',
      less: 'Less, because there is so little ink',
      dearer: 'From step {crossing} on, they are the more expensive way.',
      cheaper: 'They stay the cheaper way to the end.',
      cheap:
        'Your digit was clear after step {cheapSteps}. Stopped there, it costs {cheapAdditions} additions: {cheapSpent} nanojoules.',
      unclear: 'Your digit was never clear enough to stop earlier, so it costs all of this.',
      label:
        'Estimated energy of the additions so far: {spent} nanojoules at the end. The ordinary network: {annSpent} nanojoules, once.',
    },
    break: {
      silence: 'hidden neurons silenced',
      noise: 'noise on the weights',
      bits: 'bits of a weight',
      drop: 'messages lost',
      read: 'Digits read',
      label: 'Digits that are read with spikes and without, against {kind}: {list}',
      spiking: 'with spikes',
      ann: 'without spikes',
    },
    own: {
      inkLabel: 'The picture that the network sees',
      hiddenLabel: 'The hidden neurons: the more ink a cell has, the more often its neuron fired',
      digits: 'digit',
      votes: 'Votes',
      votesLabel: 'Votes for each digit: {list}',
    },
  },
};
