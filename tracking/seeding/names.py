"""Invented people's names: many, with accents, apostrophes and hyphens as real registers hold them."""

from random import Random

from tracking.seeding.chance import one_of


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


GIRLS = _words("""
    Abena Ada Adaeze Agnieszka Aisha Alba Alina Alma Amara Amélie Amina Anais Anaïs Anya Aoife Arabella Asha Astrid
    Aurora Ayesha Beatrix Bella Beth Bianca Blessing Bronwen Bryony Caitlin Carys Cassie Cerys Chidera Chloë Clara
    Connie Cora Daisy Dalia Daria Demi Destiny Edie Eilidh Elena Elif Elodie Elsa Elspeth Emeka-Joy Emilia Erin Esme
    Esmé Evie Farah Fatima Faye Fern Fleur Florence Freya Georgia Grace Greta Gwen Habiba Hafsa Halima Hana Harriet
    Hattie Heidi Holly Ida Imani Imogen Ines Inès Ingrid Iona Iris Isla Ivy Jana Jasmin Jemima Jessamy Joanna Jodie
    Josie Julia Kaya Keira Kezia Khadija Kiran Kirsten Kitty Laila Lara Leila Lena Leonie Lilian Livia Lola Lottie
    Lowri Lucia Lyra Maeve Maisie Malika Maria Marika Martha Maryam Matilda Maya Megan Meera Mia Mila Millie Miriam
    Molly Morgan Nadia Naomi Nell Nia Niamh Nina Noor Oksana Olive Orla Paige Pearl Petra Philippa Phoebe Pippa Polly
    Poppy Priya Rania Renée Rhiannon Rhea Robyn Roisin Róisín Rosa Rowan Roxana Ruby Sabrina Safiya Salma Samira
    Saoirse Sara Sienna Signe Simone Siobhán Skye Sofia Sophie-Mae Stella Sunniva Sylvie Tabitha Talia Tamsin Tara
    Tegan Thea Tia Tilly Una Ursula Violet Wanda Willow Xanthe Yasmin Ysabel Yusra Zahra Zara Zoë Zofia Zuzanna
""")
BOYS = _words("""
    Aaron Abdul Adam Adeola Adrian Ahmed Aidan Ajay Albie Alec Alfie Ali Amir Anders André Angus Anton Archie Arlo
    Arun Asher Axel Ayaan Barnaby Bartosz Ben Bilal Blake Bradley Bram Brendan Bruno Caleb Callum Calum Casper Cian
    Ciarán Cillian Cody Conrad Cormac Dafydd Dalton Damian Danilo Dara Declan Denis Dexter Diego Dilan Dylan Ebo Eden
    Edwin Ehsan Elias Elijah Elis Ellis Emil Emre Enzo Eoin Ethan Euan Evan Ezra Fabian Faisal Felix Fergus Filip Finn
    Finlay Florian Frankie Fraser Freddie Gabriel Gareth George Gethin Gideon Gil Glen Gruff Gus Hamza Hari Harley
    Haroon Harrison Hassan Hector Henrik Hugo Huw Ibrahim Idris Ieuan Igor Ike Imran Isaac Ismail Iwan Jacek Jago
    Jakub Jamal Jasper Jay Jed Jérôme Joaquin Joel Jonah Jonas Josef José Joss Jude Kai Kamil Karim Kaspar Keiran
    Kenji Kian Kit Kofi Krish Kwame Kyle Lachlan Leandro Leif Lennox Leo Levi Lewin Linus Lloyd Logan Lorcan Luca
    Lucian Ludo Luis Lukas Magnus Malachi Malik Marek Mario Mathis Max Mehmet Micah Milo Mirko Mohammed Monty Moses
    Musa Nabil Nasir Nate Niall Nico Nikhil Noah Noel Ned Nye Obi Olaf Oleksandr Ollie Omar Orson Oscar Osian Otto
    Owain Owen Pádraig Paolo Patryk Perry Piers Piotr Quentin Rafe Raheem Rajan Ralph Ravi Reece Rémi Rhodri Rhys Rio
    Robin Rocco Rohan Roman Ronan Rory Rufus Ryan Sacha Said Salim Samir Sanjay Saul Sayed Seb Sean Seán Seth Silas
    Sol Soren Søren Spencer Stefan Sven Tadhg Taha Tariq Ted Teo Theo Tiernan Tobias Tomasz Toby Tom Tristan Tunde
    Tyler Tyrone Umar Vikram Vincent Viktor Wilf Wojciech Xavi Yannick Yusuf Zach Zain Zak Zayd Zeke
""")
STEMS = _words("""
    Ald Ash Bar Beck Birk Black Brad Bram Brook Buck Cal Carl Chad Clay Cole Cran Crow Dal Den Dun Eck Ell Fair
    Farn Fen Fair Gar Gold Graf Green Had Hal Ham Har Hart Hay Hazel Heath Hol Horn Hurst Kel Kirk Lang Lock Lyn Mar
    Marl Mer Mill Mor Nor North Oak Old Orm Pem Pen Quar Rad Red Ridge Rock Roth Sal Sand Sel Shel Sil South Stan
    Stock Sut Swan Tal Thorn Tol Ul Wal War Wat Wel West Whit Wil Win Wood Wyn Yar
""")
ENDINGS = _words("""
    acre bank beck berry borough bourne bridge brook burn bury by church combe cote croft dale den don er field ford
    gate grove ham hill holme hurst ing land ley low man mead mere more ney over ridge sby sett shaw son stead stoke
    ston thorpe ton tree vale ville wall ward water way well wick win wood worth yard
""")
FROM_AFAR = _words("""
    Abara Abdi Achterberg Adeyinka Afolabi Ahmadov Akhtar Almeida Amadi Andrade Antwi Aslan Azimi Bajwa Balogun
    Banerji Barzani Begum Bianchini Boateng Borowski Castellano Chaudhry Chakrabarti Cheung Choi Dąbrowska Das Demir
    Deshmukh Diallo Dimitrov Doğan Eze Fernandes Figueiredo Gashi Ghorbani Gomes González Hadžić Haidari Halvorsen
    Hoang Horvath Hussain Ibáñez Ilić Iqbal Islam Iwu Jankauskas Jansen Jovanović Kamara Kaur Kazmi Kipkemboi Kondo
    Kowalczyk Krasniqi Kulkarni Lam Leclerc Lindqvist Łukasik Machado Mahmood Malhotra Marković Mbeki Mendes Minhas
    Moreau Mukherjee Müller Mwangi Nagy Nakamura Nasser Ndlovu Ngo Nguyen Novotný Nowicki Núñez Nwosu Obi Oduya
    Okonjo Olsen Onyango Osman Özdemir Papadakis Pașcu Patel Pereira Petrov Pham Popescu Qureshi Rahimi Ramírez Rao
    Rashid Rezaei Rodrigues Rossini Saeed Sandhu Schäfer Sesay Shevchenko Sidhu Silva Singh Söderberg Stoica Szabo
    Tadesse Tahir Tembo Tran Usman Vargas Vasquez Wójcik Yildiz Yılmaz Zając Zaman Zulu
""")
BEGINNINGS = ("O'", "O'", "D'", "Mc", "Mac", "Fitz", "St ", "de ", "van ")


def family_name(rng: Random) -> str:
    """A family's name: most English by sound, some from elsewhere, some with two parts."""
    dice = rng.random()
    if dice < 0.16:
        return one_of(rng, FROM_AFAR)
    name = one_of(rng, STEMS) + one_of(rng, ENDINGS)
    if dice < 0.19:
        return one_of(rng, BEGINNINGS) + name
    if dice < 0.225:
        return f"{name}-{one_of(rng, STEMS)}{one_of(rng, ENDINGS)}"
    return name


def given_name(rng: Random, gender: str) -> str:
    """A first name; one in forty is two with a hyphen."""
    names = GIRLS if gender == "F" else BOYS
    name = one_of(rng, names)
    return f"{name}-{one_of(rng, names)}" if rng.random() < 0.015 and "-" not in name else name


def nickname(name: str) -> str:
    """What friends make of a name."""
    return name[:3].rstrip("-'") + ("y" if len(name) > 4 else "")
